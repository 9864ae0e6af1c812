# Sets cur, prev, words and cword to the words up to the cursor. A = or : does not part
# words, although it is in COMP_WORDBREAKS.
__racelab_words()
{
    local i gap word before= rest=${COMP_LINE:0:$COMP_POINT}
    words=() cword=-1
    for ((i = 0; i <= COMP_CWORD; i++)); do
        gap=${rest%%[![:space:]]*}
        rest=${rest#"$gap"}
        word=${COMP_WORDS[i]}
        ((i == COMP_CWORD)) && word=$rest
        rest=${rest#"$word"}
        if [[ -z $gap && $cword -ge 0 && ($word == [=:]* || $before == *[=:]) ]]; then
            words[cword]+=$word
        else
            words[++cword]=$word
        fi
        before=$word
    done
    cur=${words[cword]}
    prev=${words[cword - 1]}
}

