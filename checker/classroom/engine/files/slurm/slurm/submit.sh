#!/bin/bash
# Submits both jobs. Type it in the folder that has the submissions:
#
#   slurm/submit.sh
#   SUBMISSIONS=week3.zip EXERCISES=01-10 slurm/submit.sh
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")

grade=$(sbatch --parsable "$here/grade.sbatch")
# Also where a part could not tell everything: the others have their grades.
merge=$(sbatch --parsable --dependency="afterany:${grade%%;*}" "$here/merge.sbatch")
echo "job ${grade%%;*} grades, then job ${merge%%;*} writes grades.db and grades.csv; \`squeue --me\` shows both"
