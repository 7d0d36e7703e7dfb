create table access.session (
  session uuid primary key,
  cookie bytea not null unique,
  person text not null,
  generation integer not null,
  agent text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  proven_at timestamptz not null
);
create index on access.session (person);
comment on table access.session is 'Not backed up: whoever was signed in signs in again.';

-- Challenges and codes that have served, until they would have expired anyway.
create table access.spent (
  what text primary key,
  until timestamptz not null
);

create table access.attempt (
  what text not null,
  at timestamptz not null
);
create index on access.attempt (what, at);
comment on table access.attempt is 'Not backed up: counts of the last minutes.';

create table access.passkey_use (
  credential text primary key,
  counter bigint not null,
  used_at timestamptz not null
);
