package library

import "slices"

// A Part is a part of the world outside of a program, which no schedule decides.
type Part string

// The parts.
const (
	Process    Part = "process"    // a child process
	Descriptor Part = "descriptor" // a pipe, a socket: something that real time passes with
	Signal     Part = "signal"     // signals of the operating system
)

// world are the functions and methods that let a part of the world in, by package.
var world = map[string]map[Part][]string{
	"os":                {Process: {"StartProcess", "FindProcess"}, Descriptor: {"Pipe"}},
	"os/exec":           {Process: {"Run", "Start", "Output", "CombinedOutput"}},
	"os/signal":         {Signal: {"Notify", "NotifyContext"}},
	"net/http":          {Descriptor: {"Do", "Get", "Head", "Post", "PostForm", "RoundTrip", "ListenAndServe", "ListenAndServeTLS", "Serve", "ServeTLS"}},
	"net/http/httptest": {Descriptor: {"NewServer", "NewTLSServer", "Start", "StartTLS"}},
	"net": {Descriptor: {
		"Dial", "DialContext", "DialTimeout", "DialTCP", "DialUDP", "DialUnix", "DialIP", "Listen", "ListenPacket", "ListenTCP", "ListenUDP",
		"ListenUnix", "ListenUnixgram", "ListenIP", "ListenMulticastUDP", "FileConn", "FileListener", "FilePacketConn",
		"LookupHost", "LookupIP", "LookupAddr", "LookupCNAME", "LookupMX", "LookupNS", "LookupPort", "LookupSRV", "LookupTXT",
	}},
	"syscall": {Process: {"ForkExec", "StartProcess", "Exec"}, Descriptor: {"Pipe", "Pipe2", "Socket", "Socketpair"}, Signal: {"Kill"}},
}

// World says which part of the world a function or a method of the package at path lets
// in; "" for none.
func World(path, name string) Part {
	for part, names := range world[path] {
		if slices.Contains(names, name) {
			return part
		}
	}
	return ""
}
