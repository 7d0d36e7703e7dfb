import type { DeliveryConfig } from '#platform/config'
import type { Carrier } from './channels/channel.ts'
import { notifyCarrier } from './channels/notify.ts'
import { smtpCarrier } from './channels/smtp.ts'
import { vapidKeys } from './channels/vapid.ts'
import { webPushCarrier } from './channels/web-push.ts'
import { xCarrier } from './channels/x.ts'

/** The ways that are set up here, one for each channel: e-mail goes by GOV.UK Notify where that has a template for it. */
export function carriersOf({ smtp, notify, pushContact, x, rates, atOnce }: DeliveryConfig, secret: Buffer): Carrier[] {
  const carriers: Carrier[] = []
  if (notify) {
    const { key, url, emailTemplate, smsTemplate } = notify
    const common = { key, url, perSecond: rates.notify }
    if (emailTemplate !== null) carriers.push(notifyCarrier({ ...common, channel: 'email', template: emailTemplate }))
    if (smsTemplate !== null) carriers.push(notifyCarrier({ ...common, channel: 'sms', template: smsTemplate }))
  }
  if (smtp && !notify?.emailTemplate) carriers.push(smtpCarrier({ ...smtp, perSecond: rates.smtp, lines: atOnce }))
  if (pushContact !== null)
    carriers.push(webPushCarrier({ keys: vapidKeys(secret), contact: pushContact, perSecond: rates.push }))
  if (x) carriers.push(xCarrier(x))
  return carriers
}
