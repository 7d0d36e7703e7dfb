import type { ServiceFacts } from './facts.ts'

/** What people look for, in the order in which a page shows it. */
export const THEMES = [
  'bins',
  'housing',
  'money',
  'care',
  'children',
  'planning',
  'life-events',
  'travel',
  'business',
  'leisure',
  'contact',
  'council',
] as const
export type Theme = (typeof THEMES)[number]

/** Numbers of the Local Government Service List. */
const NUMBERS: Readonly<Record<Theme, readonly number[]>> = {
  bins: [372, 412, 521, 524, 528, 530, 557, 561, 564, 582, 587, 601, 1130, 1423],
  housing: [88, 92, 98, 107, 109, 112, 120, 139, 141, 151, 898],
  money: [56, 57, 58, 59, 63, 69, 70, 190, 370, 1148],
  care: [169, 180, 209, 225, 242, 266, 279, 287, 292, 312, 313, 315, 731, 833, 1723],
  children: [4, 9, 12, 13, 14, 40, 53, 159, 160, 174, 260, 840, 918],
  planning: [485, 487, 499, 516, 600, 672, 1737],
  'life-events': [319, 321, 325, 330, 663, 852, 876],
  travel: [471, 474],
  business: [400, 406, 407, 435, 632, 860],
  leisure: [442, 1141],
  contact: [353, 703, 722, 826],
  council: [354, 359, 364, 967, 970, 979, 994, 1013, 1300, 1306, 1770],
}
const BY_NUMBER = new Map(THEMES.flatMap((theme) => NUMBERS[theme].map((number) => [number, theme] as const)))

/** For services without a number, or with one that is not above: the first that fits the name. */
const BY_NAME: readonly (readonly [RegExp, Theme])[] = [
  [/\b(staff|payroll|pension|finance|legal|facilities|procurement)\b/i, 'council'],
  [/\b(contact|customer|report|complain\w*|help ?line|switchboard|website|enquir\w*)\b/i, 'contact'],
  [
    /\b(waste|bins?|recycling|refuse|street (clean|light)\w*|fly-?tipping|noise|pests?|graffiti|roads?|gritting)\b/i,
    'bins',
  ],
  [/\b(housing|homeless\w*|tenan\w*|rent|repairs?|landlord\w*)\b/i, 'housing'],
  [/\b(tax|benefits?|rates|grants?|payments?|debt)\b/i, 'money'],
  [/\b(school\w*|child\w*|nurser\w*|foster\w*|adoption|youth|young|pupil\w*|educat\w*)\b/i, 'children'],
  [/\b(care|carers?|social|safeguard\w*|disab\w*|telecare|meals|duty)\b/i, 'care'],
  [/\b(planning|building|land charges|structures?|conservation|trees?)\b/i, 'planning'],
  [
    /\b(births?|deaths?|marriages?|registrars?|certificates?|citizenship|funerals?|cremat\w*|cemeter\w*)\b/i,
    'life-events',
  ],
  [/\b(parking|permits?|travel|transport|bus|cycl\w*|blue badge)\b/i, 'travel'],
  [/\b(licen[cs]\w*|business\w*|trading|food|market\w*)\b/i, 'business'],
  [/\b(librar\w*|leisure|parks?|museum\w*|sports?|theatre\w*|archives?)\b/i, 'leisure'],
]

export function themeOf({ lgsl, name }: Pick<ServiceFacts, 'lgsl' | 'name'>): Theme {
  const known = lgsl === null ? undefined : BY_NUMBER.get(lgsl)
  return known ?? BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? 'council'
}

const HOUSEHOLD_WASTE = 524

/** The service that collects people's rubbish, where the council has listed one: what most people ask first. */
export function binsOf(services: readonly ServiceFacts[]): ServiceFacts | null {
  return (
    services.find(({ lgsl }) => lgsl === HOUSEHOLD_WASTE) ??
    services.find(({ name }) => /\b(bins?|refuse|(household|residential) waste)\b/i.test(name)) ??
    null
  )
}
