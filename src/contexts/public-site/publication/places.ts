import type { PublishConfig } from '#platform/config'
import { bucketPlace } from './bucket.ts'
import type { Place } from './keeper.ts'
import { openStore } from './store.ts'

export function placeOf(publish: PublishConfig): Place {
  if (publish.kind === 'bucket') return bucketPlace(publish)
  const store = openStore(publish.directory)
  return {
    name: 'folder',
    write: (publication) => store.write(publication),
    newest: async () => (await store.load())?.revision ?? 0,
  }
}
