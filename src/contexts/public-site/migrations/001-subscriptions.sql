-- Personal data: tables and not the journal, because what is erased here must be gone. Addresses are sealed with a key that
-- is derived from the installation's secret, and found by keyed hashes.
create table public_site.subscription (
  subscription uuid primary key,
  organisation text not null,
  channel text not null,
  address_hash bytea not null,
  sealed text not null,
  services text[] not null,
  -- Asked for and not confirmed yet.
  wanted text[],
  asked_at timestamptz not null,
  confirmed_at timestamptz,
  -- Statements up to this journal entry were published before.
  since_entry bigint not null default 0,
  told bigint not null default 0,
  told_at timestamptz,
  failures integer not null default 0,
  failing_since timestamptz,
  unique (organisation, channel, address_hash)
);
create index on public_site.subscription (address_hash);
create index on public_site.subscription (organisation, told) where confirmed_at is not null;
create index on public_site.subscription (asked_at) where wanted is not null;

create table public_site.subscription_link (
  hash bytea primary key,
  purpose text not null,
  subscription uuid not null references public_site.subscription on delete cascade
);
create index on public_site.subscription_link (subscription);

create table public_site.subscription_attempt (
  what bytea not null,
  at timestamptz not null
);
create index on public_site.subscription_attempt (what, at);
create index on public_site.subscription_attempt (at);
comment on table public_site.subscription_attempt is 'Not backed up: counts of the last day.';

-- How far the subscribers of an organisation have been told. Whoever tells them holds this row.
create table public_site.told_mark (
  organisation text primary key,
  position bigint not null,
  revision bigint not null,
  settling jsonb not null
);

create table public_site.told_picture (
  organisation text not null,
  revision bigint not null,
  levels jsonb not null,
  primary key (organisation, revision)
);
