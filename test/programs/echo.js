// Repeats its input in capitals, then ends.
process.stdin.on('data', (data) => process.stdout.write(data.toString().toUpperCase()));
process.stdin.on('end', () => process.stderr.write('done\n'));
