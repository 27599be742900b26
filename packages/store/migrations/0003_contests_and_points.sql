-- Contests, what is won in them, and points: ledgers to which rows are only ever added.

-- A contest's rules as they are now; those of before are in the log.
create table contest (
  org_id text not null,
  contest_id text not null,
  name text not null,
  names jsonb not null default '{}',
  description text not null default '',
  descriptions jsonb not null default '{}',
  definition jsonb not null,
  -- 'draft' until it is published; what it is after that is worked out from the log.
  published_at timestamptz,
  started_at timestamptz,
  -- When its result was decided, once.
  closed_at timestamptz,
  cancelled_at timestamptz,
  owner_id text,
  parent_id text,
  updated_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  primary key (org_id, contest_id)
);

-- What draws are made with: the log has its hash from the start, and itself at the end.
create table contest_seed (
  org_id text not null,
  contest_id text not null,
  seed text not null,
  primary key (org_id, contest_id)
);

-- What was won. A result that is changed after it was final adds rows, it changes none.
create table prize_entry (
  org_id text not null,
  entry_id text not null,
  contest_id text not null,
  person_id text not null,
  prize_id text not null,
  -- 'money', 'points', 'badge' or 'thing'.
  kind text not null check (kind in ('money', 'points', 'badge', 'thing')),
  -- Minor units or points; 1 for a badge or thing, negative where it is taken back.
  amount bigint not null check (amount <> 0),
  currency text,
  item jsonb not null default '{}',
  place integer,
  -- The event by which it was decided: the end of the contest, or a manager's later word.
  seq bigint not null,
  recorded_at timestamptz not null,
  reason text,
  primary key (org_id, entry_id)
);
create index prize_entry_contest on prize_entry (org_id, contest_id, seq);
create index prize_entry_person on prize_entry (org_id, person_id, recorded_at desc);

-- Points: entries, and what they come to, which is never below nothing.
create table wallet (
  org_id text not null,
  person_id text not null,
  balance bigint not null check (balance >= 0),
  primary key (org_id, person_id)
);
create table wallet_entry (
  org_id text not null,
  entry_id bigint generated always as identity,
  person_id text not null,
  points bigint not null,
  -- What was to be taken back and had been spent already.
  short bigint not null default 0 check (short >= 0),
  -- 'prize', 'badge', 'kudos', 'grant', 'redeem', 'refund', 'stake', 'won', 'returned', 'taken_back'
  kind text not null,
  -- Named once: the same cause never adds a second time.
  cause text not null,
  reason text,
  by_id text,
  recorded_at timestamptz not null,
  primary key (org_id, entry_id),
  constraint wallet_entry_once unique (org_id, cause)
);
create index wallet_entry_person on wallet_entry (org_id, person_id, entry_id desc);

create function keep_wallet() returns trigger language plpgsql as $$
begin
  insert into wallet as w (org_id, person_id, balance)
  values (new.org_id, new.person_id, greatest(new.points, 0))
  on conflict (org_id, person_id) do nothing;
  if found then
    if new.points < 0 then
      raise check_violation using message = 'a wallet never goes below nothing';
    end if;
  else
    update wallet w set balance = w.balance + new.points
    where w.org_id = new.org_id and w.person_id = new.person_id;
  end if;
  return new;
end
$$;
create trigger wallet_kept after insert on wallet_entry
  for each row execute function keep_wallet();

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array[
    'contest', 'contest_seed', 'prize_entry', 'wallet', 'wallet_entry'
  ] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy tenant on %I using (org_id = any (current_orgs()))'
      ' with check (org_id = any (current_orgs()))',
      tenant_table
    );
  end loop;
end
$$;

grant select, insert, update, delete on contest to ovation_app;
grant select, insert on contest_seed to ovation_app;
grant select, insert on prize_entry, wallet_entry to ovation_app, ovation_projector;
grant select, insert, update on wallet to ovation_app, ovation_projector;
grant select on contest, contest_seed to ovation_projector;
