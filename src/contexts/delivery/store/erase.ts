import type { Tx } from '#platform/database'

/** What waited for this person is stopped for good; what was written to nobody else is forgotten with the address. */
export async function erase(tx: Tx, person: string): Promise<void> {
  await tx.query(
    'delivery-erase',
    `with mine as (select delivery from delivery.delivery where person = $1 order by delivery for update)
     update delivery.delivery d set
       sealed = null,
       state = case when state = 'waiting' then 'stopped' else state end,
       reason = case when state in ('waiting', 'stopped') then 'erased' else reason end,
       ended_at = case when state in ('waiting', 'stopped') then coalesce(ended_at, clock_timestamp()) else ended_at end,
       lease = case when state = 'waiting' then null else lease end,
       lease_until = case when state = 'waiting' then null else lease_until end
     from mine where d.delivery = mine.delivery`,
    [person],
  )
  await tx.query(
    'delivery-erase-content',
    `update delivery.content c set sealed = null
     where sealed is not null and content in (select content from delivery.delivery where person = $1)
       and not exists (select from delivery.delivery d where d.content = c.content and d.person <> $1)`,
    [person],
  )
}
