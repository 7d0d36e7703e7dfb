-- Keys are compared by their bytes: names and streams need no language, and every index insertion compares a dozen times.
alter table journal.heads alter organisation type text collate "C";
alter table journal.entries alter organisation type text collate "C", alter stream type text collate "C";
alter table journal.nodes alter organisation type text collate "C";
alter table journal.sealed alter organisation type text collate "C", alter field type text collate "C";
alter table journal.commands alter organisation type text collate "C", alter id type text collate "C";
alter table journal.checkpoints alter organisation type text collate "C";

-- As before, for less: parameters arrive in binary (bytes as bytea, times as timestamptz), heads are held and looked at
-- in one statement, and no statement is planned twice. The former one has other parameters and stays, for a process of
-- the version before may still be appending while this one starts.
create function journal.append(
  h_organisation text[], h_expected bigint[], h_size bigint[], h_frontier bytea[], h_recorded timestamptz[],
  c_item integer[], c_organisation text[], c_id text[], c_digest bytea[], c_first bigint[], c_count integer[], c_answer text[],
  s_item integer[], s_organisation text[], s_stream text[], s_expected integer[],
  e_organisation text[], e_number bigint[], e_stream text[], e_version integer[], e_type text[], e_recorded timestamptz[],
  e_leaf text[], e_hash bytea[],
  p_organisation text[], p_number bigint[], p_field text[], p_salt bytea[], p_value text[],
  n_organisation text[], n_level smallint[], n_index bigint[], n_hash bytea[],
  careful boolean, notice text
) returns table (verdict text, item integer, detail text) language plpgsql set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  held integer;
begin
  if 0 = any (h_expected) then
    insert into journal.heads (organisation, size, frontier, recorded_at)
      select o, 0, ''::bytea, '-infinity'::timestamptz
      from unnest(h_organisation, h_expected) as x (o, expected) where expected = 0
      order by o
      on conflict do nothing;
  end if;
  -- Whoever waits for a row here is given what it holds afterwards, so that a head that has moved is not counted.
  perform 1 from journal.heads h join unnest(h_organisation, h_expected) as x (o, expected) on h.organisation = x.o
    where h.size = x.expected order by h.organisation for update of h;
  get diagnostics held = row_count;
  if held < cardinality(h_organisation) then
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
    select * from unnest(e_organisation, e_number, e_stream, e_version, e_type, e_recorded, e_leaf, e_hash);
  if cardinality(p_number) > 0 then
    insert into journal.sealed (organisation, number, field, salt, value)
      select * from unnest(p_organisation, p_number, p_field, p_salt, p_value);
  end if;
  if cardinality(n_index) > 0 then
    insert into journal.nodes (organisation, level, index, hash)
      select * from unnest(n_organisation, n_level, n_index, n_hash);
  end if;
  if cardinality(c_id) > 0 then
    insert into journal.commands (organisation, id, digest, first, count, answer)
      select * from unnest(c_organisation, c_id, c_digest, c_first, c_count, c_answer);
  end if;
  update journal.heads h set size = x.size, frontier = x.frontier, recorded_at = x.recorded
    from unnest(h_organisation, h_size, h_frontier, h_recorded) as x (o, size, frontier, recorded)
    where h.organisation = x.o;
  if notice is not null then
    perform pg_notify('journal', notice);
  end if;
  return query select 'appended'::text, 0, ''::text;
end
$$;
