/** Does `work` again and again with a pause between, until stopped; again at once where it answers that there is more. */
export function every(
  millis: number,
  work: () => Promise<unknown>,
  failed: (error: unknown) => void,
): { soon(): void; stop(): Promise<void> } {
  let stopping = false
  let asked = false
  let rouse = () => {}
  async function run(): Promise<void> {
    while (!stopping) {
      asked = false
      const more = await work().catch((error: unknown) => failed(error))
      if (more === true || asked || stopping) continue
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, millis)
        rouse = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
  const running = run()
  return {
    soon() {
      asked = true
      rouse()
    },
    stop() {
      stopping = true
      rouse()
      return running
    },
  }
}
