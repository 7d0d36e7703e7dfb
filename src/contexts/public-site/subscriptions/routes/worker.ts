import { assetPath, findAsset } from '#platform/assets'
import type { RawRoute } from '#platform/http'

/** The script that shows notifications: at one address for ever, by which browsers look for a newer one. */
export const workerRoute: RawRoute = {
  method: 'GET',
  path: '/push-worker.js',
  handle: () => ({
    status: 200,
    type: 'text/javascript; charset=utf-8',
    body: findAsset(assetPath('push-worker.js'))!.identity,
    headers: { 'cache-control': 'no-cache' },
  }),
}
