-- The words of one batch on one channel, once for all who get them.
create table delivery.content (
  content uuid primary key,
  organisation text not null,
  batch text not null,
  message text not null,
  channel text not null,
  exercise boolean not null,
  queued_at timestamptz not null,
  -- Encrypted; null once nobody needs it.
  sealed bytea
);
create index on delivery.content (organisation, queued_at);

create table delivery.delivery (
  -- Also the reference that a provider is given.
  delivery uuid primary key,
  organisation text not null,
  message text not null,
  person text not null,
  channel text not null,
  batch text not null,
  content uuid not null,
  -- Address and the person's own fields, encrypted; null once nobody needs them.
  sealed bytea,
  state text not null
    check (state in ('waiting', 'sending', 'sent', 'delivered', 'failed', 'unknown', 'stopped')),
  reason text,
  failure text check (failure in ('permanent', 'temporary')),
  attempts integer not null default 0,
  queued_at timestamptz not null,
  due_at timestamptz not null,
  -- Whoever holds the lease may send, until then.
  lease uuid,
  lease_until timestamptz,
  -- The intent: committed before anything is handed over.
  handed_at timestamptz,
  provider text,
  provider_id text,
  answer text,
  look_at timestamptz,
  looks integer not null default 0,
  ended_at timestamptz,
  telling_until timestamptz,
  told_at timestamptz,
  unique (organisation, message, person, channel)
);
create index on delivery.delivery (channel, due_at) where state = 'waiting';
create index on delivery.delivery (lease_until) where lease is not null;
create index on delivery.delivery (look_at) where look_at is not null;
create index on delivery.delivery (ended_at) where ended_at is not null and told_at is null;
create index on delivery.delivery (organisation, batch, channel, state);
create index on delivery.delivery (person);
create index on delivery.delivery (content);

-- A token bucket for each provider, shared by all processes.
create table delivery.bucket (
  provider text primary key,
  tokens double precision not null,
  filled_at timestamptz not null,
  closed_until timestamptz,
  closed_because text
);
comment on table delivery.bucket is 'Not backed up: rates of the last minutes.';

-- How far the orders of each journal (stop, resume, retry) have been carried out here.
create table delivery.carried_out (
  organisation text primary key,
  number bigint not null
);
