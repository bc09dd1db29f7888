"""Solves a file of problems on Spark: every partition goes through a `pentimento batch` of its own.

    spark-submit pipe_through.py PROBLEMS OUTPUT COMMAND

`pipe` starts the command with no environment but the one given, so a key's variable is named here.
A problem that fails has its line too; a worker that dies makes Spark run its partition again.
"""

import os
import sys

from pyspark import SparkContext

PARTITIONS = 8


def main():
    problems, output, command = sys.argv[1:]
    passed = ("HOME", "PATH", "PENTIMENTO_API_KEY")
    environment = {name: os.environ[name] for name in passed if name in os.environ}
    spark = SparkContext(appName="pentimento")
    lines = spark.textFile(problems, PARTITIONS)
    lines.pipe(command, env=environment).saveAsTextFile(output)
    spark.stop()


if __name__ == "__main__":
    main()
