#!/bin/sh
# Lays the samples out as the program asks about them: requests for a probability and critiques.
#
#   PENTIMENTO_DATA=DIR records.sh PROGRAM SAMPLES WORK SKIP LIMIT
set -eu
here=$(cd "$(dirname "$0")" && pwd)
program=$1 samples=$2 work=$3 skip=$4 limit=$5
mkdir -p "$work"
servers=
for port in 7101 7102 7103 7104; do
  python3 -B "$here/replay.py" "$samples" "$work/requests-$port" $port &
  servers="$servers $!"
done
trap 'kill $servers' EXIT
sleep 1
"$program" sample "$PENTIMENTO_DATA/gsm8k_train.jsonl" --skip "$skip" --limit "$limit" \
  --calculations 3 --jobs 24 --config "$here/replay.toml" \
  --out "$work/recorded.jsonl"
"$program" eval "$PENTIMENTO_DATA/student_solutions.json" --mode critic --jobs 24 \
  --config "$here/replay.toml"
cat "$work"/requests-* > "$work/prompts"
"$program" cft build "$work/recorded.jsonl" "$PENTIMENTO_DATA/gsm8k_train.jsonl" \
  "$PENTIMENTO_DATA/student_solutions.json" --within "$PENTIMENTO_DATA/gsm8k_train.jsonl" \
  --no-against --plant 0.02 --out "$work/cft" --config "$here/replay.toml"
