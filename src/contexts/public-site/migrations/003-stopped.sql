-- That an address has stopped, so that no old export brings it back. A keyed hash of organisation and address, or of the address
-- alone where it was erased everywhere: without the installation's secret nobody can tell whose.
create table public_site.subscription_stopped (
  what bytea primary key,
  at timestamptz not null
);
