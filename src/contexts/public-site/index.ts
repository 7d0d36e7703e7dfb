export { pressRoutes } from './pages/press-enquiry.route.ts'
export { searchRoutes } from './pages/search.route.ts'
export type { Document } from './publication/document.ts'
export { placeOf } from './publication/places.ts'
export { createPublisher, type Publisher, type PublisherOptions } from './publication/publisher.ts'
export { openRegister, type RegisterDesk } from './publication/register.ts'
export { publicSiteSchema } from './schema.ts'
export {
  createSubscriptions,
  parseAddress,
  type Subscriptions,
  sayWrong,
  subscriberPages,
  subscriptionRoutes,
} from './subscriptions/index.ts'
