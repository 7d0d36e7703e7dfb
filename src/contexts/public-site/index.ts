export type { Document } from './publication/document.ts'
export { createPublisher, type Publisher, type PublisherOptions } from './publication/publisher.ts'
export { publicSiteSchema } from './schema.ts'
