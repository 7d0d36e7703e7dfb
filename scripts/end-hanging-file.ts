// Loaded into the process of every test file. A test that timed out may leave something running; without this its file,
// and with it the suite, would never end.
const timeout = Number(process.execArgv.findLast((word) => word.startsWith('--test-timeout='))?.split('=')[1])

if (process.env.NODE_TEST_CONTEXT && timeout > 0) {
  const end = () => {
    process.stderr.write(`This file did not end within twice the time that a test may take: ${process.argv[1]}\n`)
    process.exit(1)
  }
  setTimeout(end, 2 * timeout).unref()
}
