-- Which truth was published under which revision, so that all processes on this database publish the same.
create table public_site.revision (
  singleton boolean primary key default true check (singleton),
  last bigint not null,
  -- Which database this is: a restored one may not know the last revisions that were given out.
  incarnation text not null
);

-- The latest issue of each document set. Processes that would make other bytes of the same facts have another edition.
create table public_site.issues (
  edition text not null,
  name text not null,
  revision bigint not null,
  truth text not null,
  made_at bigint not null,
  confirmed_until bigint not null,
  rendered_at bigint not null,
  primary key (edition, name)
);

-- From which entries, and at which time of its clock, a world was last published.
create table public_site.looks (
  edition text not null,
  world text not null,
  at bigint not null,
  positions jsonb not null,
  primary key (edition, world)
);
