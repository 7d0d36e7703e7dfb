import { type World, worldOf } from '#contexts/estate'
import type { Models } from '#journal'
import type { Clocks, Millis } from '#kernel'
import type { Tx } from '#platform/database'
import type { OrganisationFacts } from '../core/facts.ts'
import { worldFacts } from '../projections/public-facts.ts'
import type { Levels, Picture } from './core/digest.ts'

export interface Looking {
  readonly models: Models
  readonly clocks: Clocks
}

/** What the public page says of an organisation, by the journal up to `position` and by its clock at `at`. */
export interface Look {
  readonly facts: OrganisationFacts
  readonly position: number
  readonly at: Millis
}

/** One look at a whole world, by its organisations. */
export function lookAt({ models, clocks }: Looking, world: World, member: string): Map<string, Look> {
  const at = clocks.of(member).now()
  const { organisations } = worldFacts(models, world, at)
  return new Map(organisations.map((facts) => [facts.slug, { facts, position: models.position(facts.slug), at }]))
}

/** Null where there is no such organisation. */
function lookAtOne(looking: Looking, organisation: string): Look | null {
  const world = worldOf(looking.models, organisation)
  return world === null ? null : (lookAt(looking, world, organisation).get(organisation) ?? null)
}

export function levelsOf({ services }: OrganisationFacts): Levels {
  return Object.fromEntries(services.flatMap(({ slug, level }) => (level === 'normal' ? [] : [[slug, level]])))
}

export interface Mark {
  readonly position: number
  readonly revision: number
  readonly picture: Picture
}

/**
 * Makes sure that somebody knows how far subscribers have been told, from now on, and keeps those from going on who would
 * tell them meanwhile. Taken before any subscription, by everybody: otherwise two could wait for each other.
 */
export async function holdMark(tx: Tx, looking: Looking, organisation: string): Promise<void> {
  const held = await tx.query('told-hold', 'select 1 from public_site.told_mark where organisation = $1 for share', [
    organisation,
  ])
  if (held.length > 0) return
  const look = lookAtOne(looking, organisation)
  const levels = look ? levelsOf(look.facts) : {}
  const made = await tx.query(
    'told-begin',
    `insert into public_site.told_mark (organisation, position, revision, settling) values ($1, $2, 1, '{}')
     on conflict do nothing returning 1`,
    [organisation, look?.position ?? 0],
  )
  if (made.length === 0) return holdMark(tx, looking, organisation)
  await savePicture(tx, organisation, 1, levels)
}

/** Null where nobody has ever subscribed. Nobody else tells subscribers until the transaction ends. */
export async function takeMark(tx: Tx, organisation: string): Promise<Mark | null> {
  const [row] = await tx.query<{ position: number; revision: number; settling: Picture['settling']; levels: Levels }>(
    'told-take',
    `select m.position, m.revision, m.settling, p.levels from public_site.told_mark m
     join public_site.told_picture p using (organisation, revision) where organisation = $1 for update of m`,
    [organisation],
  )
  if (!row) return null
  const { position, revision, settling, levels } = row
  return { position, revision, picture: { levels, settling } }
}

export async function saveMark(tx: Tx, organisation: string, mark: Mark): Promise<void> {
  await tx.query(
    'told-save',
    'update public_site.told_mark set position = $2, revision = $3, settling = $4 where organisation = $1',
    [organisation, mark.position, mark.revision, JSON.stringify(mark.picture.settling)],
  )
}

export async function savePicture(tx: Tx, organisation: string, revision: number, levels: Levels): Promise<void> {
  await tx.query(
    'told-picture',
    'insert into public_site.told_picture (organisation, revision, levels) values ($1, $2, $3)',
    [organisation, revision, JSON.stringify(levels)],
  )
}

export async function readPictures(tx: Tx, organisation: string): Promise<Map<number, Levels>> {
  const rows = await tx.query<{ revision: number; levels: Levels }>(
    'told-pictures',
    'select revision, levels from public_site.told_picture where organisation = $1',
    [organisation],
  )
  return new Map(rows.map(({ revision, levels }) => [revision, levels]))
}

/** What nobody was told last, and is not the present one, is needed no more. */
export async function forgetPictures(tx: Tx, organisation: string, revision: number): Promise<void> {
  await tx.query(
    'told-forget',
    `delete from public_site.told_picture p where organisation = $1 and revision < $2 and not exists (
       select from public_site.subscription s where s.organisation = $1 and s.told = p.revision and confirmed_at is not null)`,
    [organisation, revision],
  )
}
