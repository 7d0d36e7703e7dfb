/** Those who wait for the same thing to happen. */
export function waiters() {
  let waiting: (() => void)[] = []
  return {
    wait: () => new Promise<void>((resolve) => waiting.push(resolve)),
    release() {
      const ready = waiting
      waiting = []
      for (const resolve of ready) resolve()
    },
  }
}
