-- One journal per organisation: entries numbered from 1 without gaps, their RFC 6962 leaf hashes, and the head that
-- every append must hold. Nothing but journal.append writes entries.
create table journal.installation (
  singleton boolean primary key default true check (singleton),
  id uuid not null,
  witness text not null
);

create table journal.heads (
  organisation text primary key,
  size bigint not null,
  frontier bytea not null,
  recorded_at timestamptz not null
) with (fillfactor = 50);

create table journal.entries (
  organisation text not null,
  number bigint not null,
  stream text not null,
  version integer not null,
  type text not null,
  recorded_at timestamptz not null,
  leaf text not null,
  hash bytea not null,
  primary key (organisation, number),
  unique (organisation, stream, version)
);

-- Hashes of complete subtrees of 256, 65,536, ... leaves: what the upper tiles are made of.
create table journal.nodes (
  organisation text not null,
  level smallint not null,
  index bigint not null,
  hash bytea not null,
  primary key (organisation, level, index)
);

-- Words and personal data, erasable without breaking a proof: the leaf holds only their salted digests.
create table journal.sealed (
  organisation text not null,
  number bigint not null,
  field text not null,
  salt bytea not null,
  value text not null,
  primary key (organisation, number, field)
);

create table journal.commands (
  organisation text not null,
  id text not null,
  digest bytea not null,
  first bigint not null,
  count integer not null,
  answer text not null,
  primary key (organisation, id)
);

create table journal.checkpoints (
  organisation text not null,
  size bigint not null,
  at timestamptz not null,
  note text not null,
  primary key (organisation, size)
);

-- Appends one group in one round trip. Takes the head rows first, so that two processes append in one order, and refuses
-- the group whole, saying why, when a head has moved. A command id that is known or a stream at another version breaks a
-- unique key; the caller then asks again with `careful`, and is told which items it was. Looking first at every append
-- would cost as much as the inserts.
create function journal.append(
  h_organisation text[], h_expected bigint[], h_size bigint[], h_frontier text[], h_recorded text[],
  c_item integer[], c_organisation text[], c_id text[], c_digest text[], c_first bigint[], c_count integer[], c_answer text[],
  s_item integer[], s_organisation text[], s_stream text[], s_expected integer[],
  e_organisation text[], e_number bigint[], e_stream text[], e_version integer[], e_type text[], e_recorded text[],
  e_leaf text[], e_hashes bytea,
  p_organisation text[], p_number bigint[], p_field text[], p_salt text[], p_value text[],
  n_organisation text[], n_level smallint[], n_index bigint[], n_hash text[],
  careful boolean
) returns table (verdict text, item integer, detail text) language plpgsql as $$
#variable_conflict use_column
declare
  moved boolean;
begin
  insert into journal.heads (organisation, size, frontier, recorded_at)
    select o, 0, ''::bytea, '-infinity'::timestamptz
    from unnest(h_organisation, h_expected) as x (o, expected) where expected = 0
    order by o
    on conflict do nothing;
  perform 1 from journal.heads where organisation = any (h_organisation) order by organisation for update;
  select exists (
    select 1 from unnest(h_organisation, h_expected) as x (o, expected)
    left join journal.heads h on h.organisation = x.o
    where h.size is distinct from x.expected
  ) into moved;
  if moved then
    return query select 'moved'::text, 0, ''::text;
    return;
  end if;
  if careful and cardinality(c_id) > 0 then
    return query
      select 'repeated'::text, x.item, encode(c.digest, 'hex') || ' ' || c.first || ' ' || c.count || ' ' || c.answer
      from unnest(c_item, c_organisation, c_id) as x (item, o, id)
      join journal.commands c on c.organisation = x.o and c.id = x.id;
    if found then return; end if;
  end if;
  if careful then
    return query
    select 'conflict'::text, x.item, coalesce(v.version, 0)::text
    from unnest(s_item, s_organisation, s_stream, s_expected) as x (item, o, stream, expected)
    left join lateral (
      select e.version from journal.entries e
      where e.organisation = x.o and e.stream = x.stream order by e.version desc limit 1
    ) v on true
    where coalesce(v.version, 0) <> x.expected;
    if found then return; end if;
  end if;

  insert into journal.entries (organisation, number, stream, version, type, recorded_at, leaf, hash)
    select o, number, stream, version, type, recorded::timestamptz, leaf, substring(e_hashes from (ord * 32 - 31)::integer for 32)
    from unnest(e_organisation, e_number, e_stream, e_version, e_type, e_recorded, e_leaf)
      with ordinality as x (o, number, stream, version, type, recorded, leaf, ord);
  if cardinality(p_number) > 0 then
    insert into journal.sealed (organisation, number, field, salt, value)
      select o, number, field, decode(salt, 'hex'), value
      from unnest(p_organisation, p_number, p_field, p_salt, p_value) as x (o, number, field, salt, value);
  end if;
  if cardinality(n_index) > 0 then
    insert into journal.nodes (organisation, level, index, hash)
      select o, level, index, decode(hash, 'hex')
      from unnest(n_organisation, n_level, n_index, n_hash) as x (o, level, index, hash);
  end if;
  if cardinality(c_id) > 0 then
    insert into journal.commands (organisation, id, digest, first, count, answer)
      select o, id, decode(digest, 'hex'), first, count, answer
      from unnest(c_organisation, c_id, c_digest, c_first, c_count, c_answer) as x (o, id, digest, first, count, answer);
  end if;
  update journal.heads h set size = x.size, frontier = decode(x.frontier, 'hex'), recorded_at = x.recorded::timestamptz
    from unnest(h_organisation, h_size, h_frontier, h_recorded) as x (o, size, frontier, recorded)
    where h.organisation = x.o;
  if cardinality(e_number) > 0 then
    -- A payload holds 8,000 bytes at most; an empty one means: look at every head.
    perform pg_notify('journal', (
      select case when sum(length(o)) + 20 * count(*) > 7000 then '' else string_agg(o || ' ' || size, ',') end
      from unnest(h_organisation, h_size) as x (o, size)
    ));
  end if;
  return query select 'appended'::text, 0, ''::text;
end
$$;
