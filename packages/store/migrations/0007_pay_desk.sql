-- A second factor of whoever signs in, and money of pay that is held back by hand.

-- One authenticator a user. Its secret is sealed with the server's key; what is here opens nothing.
create table second_factor (
  org_id text not null,
  user_id text not null,
  sealed text not null,
  created_at timestamptz not null default clock_timestamp(),
  -- From when on it counts; before, it was shown and never proved.
  confirmed_at timestamptz,
  -- The newest stretch of 30 seconds whose code was used: a code opens once.
  last_step bigint not null default 0,
  -- Wrong codes since `failed_since`: guessing is slowed whichever server is asked.
  failed integer not null default 0,
  failed_since timestamptz,
  primary key (org_id, user_id)
);

-- For whoever lost the authenticator; each opens once.
create table recovery_code (
  org_id text not null,
  user_id text not null,
  code_hash text not null,
  used_at timestamptz,
  primary key (org_id, user_id, code_hash),
  foreign key (org_id, user_id) references second_factor on delete cascade
);

-- When this session gave a code.
alter table session add column factor_at timestamptz;

-- What is not paid out for now: all of somebody's pay, or an entry, in whole or in part: it moves
-- no money, and what is paid out waits. Or a deal: what it earns is posted when it is released.
create table pay_hold (
  org_id text not null,
  hold_id text not null,
  person_id text not null,
  -- Neither of the two: all that is payable to the person.
  entry_id text,
  deal_key text,
  -- A deal is held in periods that end on or after the first date, and before the second.
  held_from date,
  held_to date,
  -- A part of the entry, in minor units; null: all of it.
  amount_minor bigint check (amount_minor > 0),
  reason text not null check (reason <> ''),
  -- The first date on which it holds no longer; null: until somebody releases it.
  until_date date,
  by_id text not null,
  created_at timestamptz not null default clock_timestamp(),
  released_at timestamptz,
  released_by text,
  release_reason text,
  primary key (org_id, hold_id),
  foreign key (org_id, entry_id) references pay_entry,
  check (amount_minor is null or entry_id is not null),
  check (deal_key is null or entry_id is null),
  check ((deal_key is null) = (held_from is null)),
  check ((released_by is null) = (released_at is null)),
  check ((release_reason is null) = (released_at is null))
);
create index pay_hold_open on pay_hold (org_id, person_id) where released_at is null;

create function keep_pay_hold() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.released_at is not null
    or (new.person_id, new.entry_id, new.deal_key, new.held_from, new.amount_minor, new.reason,
        new.until_date, new.by_id, new.created_at)
      is distinct from
      (old.person_id, old.entry_id, old.deal_key, old.held_from, old.amount_minor, old.reason,
        old.until_date, old.by_id, old.created_at)
  then
    raise check_violation using message = 'a hold is released once and not changed otherwise';
  end if;
  return new;
end
$$;
create trigger pay_hold_kept before update or delete on pay_hold
  for each row execute function keep_pay_hold();

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['second_factor', 'recovery_code', 'pay_hold'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy tenant on %I using (org_id = any (current_orgs()))'
      ' with check (org_id = any (current_orgs()))',
      tenant_table
    );
    execute format('grant select, insert, update on %I to ovation_app', tenant_table);
  end loop;
end
$$;
grant delete on second_factor, recovery_code to ovation_app;
