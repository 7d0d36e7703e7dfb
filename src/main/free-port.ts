import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import type { Config } from '#platform/config'

/** Port 0 asks for any free one. It must be known before anything is rendered: links name it. */
export async function withPort(config: Config): Promise<Config> {
  if (config.port !== 0) return config
  const probe = createServer().listen(0, config.host)
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return { ...config, port, url: config.url.replace(/^(http:\/\/localhost):0$/, `$1:${port}`) }
}
