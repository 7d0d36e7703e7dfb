import { room } from '#command'

export const delivery = room({ name: 'delivery', events: [], models: [], commands: [], queries: [] })
