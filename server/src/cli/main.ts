// The command line's entry: `flink-log analyze PATH…` and `flink-log events PATH…`.
process.stderr.write('Usage: flink-log analyze PATH…\n       flink-log events PATH…\n');
process.exitCode = 2;
