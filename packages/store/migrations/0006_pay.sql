-- Pay: plans and who is on them, periods, the ledger of deltas, statements and payouts. The laws of
-- the ledger are kept here, whoever writes.

-- One text as a range, so that ranges alone can say "the same plan, and overlapping dates".
create type text_span as range (subtype = text, collation = "C");

create table plan (
  org_id text not null,
  plan_id text not null,
  name text not null,
  names jsonb not null default '{}',
  description text not null default '',
  descriptions jsonb not null default '{}',
  created_at timestamptz not null default clock_timestamp(),
  primary key (org_id, plan_id)
);

-- The rules of a plan from a date on. A draft is edited, an approved version never.
create table plan_version (
  org_id text not null,
  plan_id text not null,
  number integer not null check (number > 0),
  status text not null check (status in ('draft', 'approved', 'retired')),
  effective_from date not null,
  effective_to date,
  definition jsonb not null,
  hash text not null,
  created_by text not null,
  updated_at timestamptz not null default clock_timestamp(),
  approved_by text,
  approved_at timestamptz,
  primary key (org_id, plan_id, number),
  foreign key (org_id, plan_id) references plan,
  check (effective_from < effective_to),
  check ((status = 'draft') = (approved_at is null)),
  check ((approved_by is null) = (approved_at is null)),
  constraint plan_version_overlap exclude using gist (
    text_span(org_id || '/' || plan_id, org_id || '/' || plan_id, '[]') with &&,
    daterange(effective_from, effective_to) with &&
  ) where (status = 'approved')
);

create function keep_plan_version() returns trigger language plpgsql as $$
begin
  if old.status = 'draft' then
    return case when tg_op = 'DELETE' then old else new end;
  end if;
  if tg_op = 'DELETE' then
    raise check_violation using message = 'an approved version is never taken away';
  end if;
  if new.status = 'draft' or (old.status = 'retired' and new.status <> 'retired')
    or (new.definition, new.hash, new.number, new.effective_from, new.approved_by, new.approved_at)
      is distinct from
      (old.definition, old.hash, old.number, old.effective_from, old.approved_by, old.approved_at)
  then
    raise check_violation using message = 'an approved version is never changed';
  end if;
  return new;
end
$$;
create trigger plan_version_kept before update or delete on plan_version
  for each row execute function keep_plan_version();

-- Who is paid by a plan, from when until when.
create table plan_assignment (
  org_id text not null,
  assignment_id text not null,
  plan_id text not null,
  person_id text not null,
  from_date date not null,
  to_date date,
  -- What reaching every target pays in a year, in minor units of the ledger's currency.
  target_incentive bigint check (target_incentive >= 0),
  -- Values of the knobs that the plan lets be set by person.
  overrides jsonb not null default '{}',
  created_at timestamptz not null default clock_timestamp(),
  primary key (org_id, assignment_id),
  foreign key (org_id, plan_id) references plan,
  check (from_date < to_date),
  constraint plan_assignment_overlap exclude using gist (
    text_span(
      org_id || '/' || plan_id || '/' || person_id,
      org_id || '/' || plan_id || '/' || person_id,
      '[]'
    ) with &&,
    daterange(from_date, to_date) with &&
  )
);
create index plan_assignment_person on plan_assignment (org_id, person_id, from_date);

-- How often is paid, and from which sum on a statement needs a second word.
create table pay_rules (
  org_id text primary key,
  rules jsonb not null
);

-- Stretches of time that are paid together; `period_key` is the first date.
create table pay_period (
  org_id text not null,
  period_key date not null,
  kind text not null check (kind in ('month', 'quarter', 'half', 'year')),
  from_at timestamptz not null,
  to_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'calculated', 'closed')),
  calculated_at timestamptz,
  -- What it was calculated from and what came of it.
  input_hash text,
  result_hash text,
  as_of_seq bigint,
  closed_at timestamptz,
  closed_by text,
  reopened_at timestamptz,
  reopened_by text,
  reopen_reason text,
  primary key (org_id, period_key),
  check (from_at < to_at),
  check ((state = 'closed') = (closed_at is not null)),
  constraint pay_period_overlap exclude using gist (
    text_span(org_id, org_id, '[]') with &&,
    tstzrange(from_at, to_at) with &&
  )
);

create function keep_pay_period() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise check_violation using message = 'a pay period is never taken away';
  end if;
  if (new.kind, new.from_at, new.to_at) is distinct from (old.kind, old.from_at, old.to_at) then
    raise check_violation using message = 'the dates of a pay period are never changed';
  end if;
  if new.state = 'closed' and old.state <> 'closed' then
    if old.state <> 'calculated' then
      raise check_violation using message = 'a pay period is calculated before it is closed';
    end if;
    if exists (
      select 1 from pay_period p
      where p.org_id = new.org_id and p.period_key < new.period_key and p.state <> 'closed'
    ) then
      raise check_violation using message = 'pay periods are closed in order';
    end if;
  end if;
  if old.state = 'closed' and new.state <> 'closed'
    and (new.reopened_at is not distinct from old.reopened_at
      or new.reopened_by is null or coalesce(new.reopen_reason, '') = '')
  then
    raise check_violation using message = 'a pay period is reopened by somebody and for a reason';
  end if;
  return new;
end
$$;
create trigger pay_period_kept before update or delete on pay_period
  for each row execute function keep_pay_period();

-- In which currency somebody's ledger is kept; there is one.
create table payee (
  org_id text not null,
  person_id text not null,
  currency text not null,
  primary key (org_id, person_id),
  constraint payee_currency unique (org_id, person_id, currency)
);

-- The ledger: money moves here and nowhere else, and rows are only ever added.
create table pay_entry (
  org_id text not null,
  entry_id text not null,
  place bigint generated always as identity,
  person_id text not null,
  currency text not null,
  type text not null check (type in (
    'earning', 'adjustment', 'spiff', 'prize', 'clawback', 'reserve', 'reserve_release',
    'draw_advance', 'draw_recovery', 'draw_forgiven', 'carry_in', 'carry_out', 'payout',
    'fx_difference'
  )),
  amount_minor bigint not null check (amount_minor <> 0),
  -- The period that it belongs to, and the one in which it is paid.
  origin_period date not null,
  posting_period date not null,
  plan_id text,
  version integer,
  component text,
  run_hash text,
  trace jsonb,
  -- The entry that it takes back or recovers, in whole or in part.
  reverses text,
  reason text,
  by_id text not null,
  -- Named once: the same cause never posts a second time.
  cause text not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (org_id, entry_id),
  constraint pay_entry_once unique (org_id, cause),
  foreign key (org_id, person_id, currency) references payee (org_id, person_id, currency),
  foreign key (org_id, origin_period) references pay_period,
  foreign key (org_id, posting_period) references pay_period,
  foreign key (org_id, reverses) references pay_entry,
  check (origin_period <= posting_period),
  check (type not in ('clawback', 'draw_recovery', 'draw_forgiven') or reverses is not null),
  check (type not in ('draw_advance', 'reserve_release', 'carry_out', 'prize', 'spiff')
    or amount_minor > 0 or reverses is not null),
  check (type not in ('payout', 'carry_in', 'reserve') or amount_minor < 0 or reverses is not null),
  check (type <> 'adjustment' or coalesce(reason, '') <> '')
);
create index pay_entry_person on pay_entry (org_id, person_id, place desc);
create index pay_entry_posting on pay_entry (org_id, posting_period, person_id);
create index pay_entry_origin on pay_entry (org_id, origin_period, person_id);
create index pay_entry_reverses on pay_entry (org_id, reverses) where reverses is not null;

create function check_pay_entry() returns trigger language plpgsql as $$
declare
  period_state text;
  taken_back pay_entry;
  amount_left bigint;
begin
  -- Held until the transaction ends, so that nobody closes the period meanwhile.
  select state into period_state from pay_period
  where org_id = new.org_id and period_key = new.posting_period for share;
  if period_state is distinct from 'open' and period_state is distinct from 'calculated' then
    raise check_violation using message = 'the period that is posted to is closed';
  end if;
  if new.reverses is null then
    return new;
  end if;
  -- One at a time, so that two do not take back the same.
  perform pg_advisory_xact_lock(hashtextextended(new.org_id || '/' || new.reverses, 6));
  select * into taken_back from pay_entry
  where org_id = new.org_id and entry_id = new.reverses;
  if taken_back.person_id is distinct from new.person_id then
    raise check_violation using message = 'an entry takes back one of the same person';
  end if;
  select taken_back.amount_minor + coalesce(sum(amount_minor), 0) into amount_left
  from pay_entry
  where org_id = new.org_id and reverses = new.reverses and type <> 'draw_forgiven';
  -- What was forgiven of a draw moves no money and is not there to be recovered either.
  select amount_left - coalesce(sum(amount_minor), 0) into amount_left
  from pay_entry
  where org_id = new.org_id and reverses = new.reverses and type = 'draw_forgiven';
  if new.type = 'draw_forgiven' then
    if new.amount_minor <= 0 or new.amount_minor > amount_left then
      raise check_violation using message = 'no more can be forgiven than is owed';
    end if;
    return new;
  end if;
  if sign(new.amount_minor) = sign(taken_back.amount_minor)
    or abs(new.amount_minor) > abs(amount_left)
    or (amount_left <> 0 and sign(amount_left) <> sign(taken_back.amount_minor))
  then
    raise check_violation using message = 'no more can be taken back than is left';
  end if;
  return new;
end
$$;
create trigger pay_entry_checked before insert on pay_entry
  for each row execute function check_pay_entry();

create function never_changed() returns trigger language plpgsql as $$
begin
  raise check_violation using message = tg_table_name || ' is only ever added to';
end
$$;
create trigger pay_entry_kept before update or delete on pay_entry
  for each row execute function never_changed();

-- What somebody is shown and what was approved: a picture of the ledger that never changes.
create table statement (
  org_id text not null,
  statement_id text not null,
  person_id text not null,
  period_key date not null,
  number integer not null check (number > 0),
  state text not null check (state in ('draft', 'issued', 'approved', 'disputed', 'final')),
  currency text not null,
  total_minor bigint not null,
  snapshot jsonb not null,
  hash text not null,
  created_at timestamptz not null default clock_timestamp(),
  issued_at timestamptz,
  issued_by text,
  settled_at timestamptz,
  primary key (org_id, statement_id),
  constraint statement_number unique (org_id, person_id, period_key, number),
  foreign key (org_id, period_key) references pay_period,
  foreign key (org_id, person_id, currency) references payee (org_id, person_id, currency),
  check ((state = 'draft') = (issued_at is null)),
  check ((issued_by is null) = (issued_at is null))
);
create index statement_period on statement (org_id, period_key, person_id);

create function keep_statement() returns trigger language plpgsql as $$
begin
  if old.state = 'draft' then
    return case when tg_op = 'DELETE' then old else new end;
  end if;
  if tg_op = 'DELETE' then
    raise check_violation using message = 'an issued statement is never taken away';
  end if;
  if new.state = 'draft' or (old.state = 'final' and new.state <> 'final')
    or (new.person_id, new.period_key, new.number, new.currency, new.total_minor, new.snapshot,
        new.hash, new.issued_at, new.issued_by)
      is distinct from
      (old.person_id, old.period_key, old.number, old.currency, old.total_minor, old.snapshot,
        old.hash, old.issued_at, old.issued_by)
  then
    raise check_violation using message = 'an issued statement is never changed';
  end if;
  return new;
end
$$;
create trigger statement_kept before update or delete on statement
  for each row execute function keep_statement();

-- Words that something needs, each of another person.
create table pay_approval (
  org_id text not null,
  subject_kind text not null check (subject_kind in ('statement', 'plan', 'payout')),
  subject_id text not null,
  -- 0 who issued it, 1 and 2 who approved it.
  step integer not null check (step between 0 and 2),
  by_id text not null,
  at timestamptz not null default clock_timestamp(),
  primary key (org_id, subject_kind, subject_id, step),
  constraint pay_approval_another unique (org_id, subject_kind, subject_id, by_id)
);
create trigger pay_approval_kept before update or delete on pay_approval
  for each row execute function never_changed();

-- A line that somebody questions. It ends in an entry, a correction of a fact, or a no.
create table dispute (
  org_id text not null,
  dispute_id text not null,
  statement_id text not null,
  -- The entry of the ledger that is questioned; null: something is missing.
  line text,
  by_id text not null,
  text text not null,
  state text not null check (state in ('open', 'accepted', 'declined', 'withdrawn')),
  created_at timestamptz not null default clock_timestamp(),
  decided_at timestamptz,
  decided_by text,
  answer text,
  entry_id text,
  -- The event by which a fact was corrected.
  correction text,
  primary key (org_id, dispute_id),
  foreign key (org_id, statement_id) references statement,
  foreign key (org_id, entry_id) references pay_entry,
  check ((state = 'open') = (decided_at is null)),
  check (state <> 'accepted' or entry_id is not null or correction is not null)
);
create index dispute_statement on dispute (org_id, statement_id);

-- What is paid at once. Exported, its bytes stay what they were.
create table payout_batch (
  org_id text not null,
  batch_id text not null,
  period_key date not null,
  state text not null check (state in ('draft', 'exported')),
  created_by text not null,
  created_at timestamptz not null default clock_timestamp(),
  export text,
  export_hash text,
  exported_at timestamptz,
  primary key (org_id, batch_id),
  foreign key (org_id, period_key) references pay_period,
  check ((state = 'exported') = (export is not null)),
  check ((export is null) = (export_hash is null))
);
create table payout_line (
  org_id text not null,
  batch_id text not null,
  person_id text not null,
  entry_id text not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  primary key (org_id, batch_id, person_id),
  constraint payout_line_once unique (org_id, entry_id),
  foreign key (org_id, batch_id) references payout_batch,
  foreign key (org_id, entry_id) references pay_entry
);
create trigger payout_line_kept before update or delete on payout_line
  for each row execute function never_changed();

create function keep_payout_batch() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.state = 'exported' then
    raise check_violation using message = 'a payout that was exported is never changed';
  end if;
  return new;
end
$$;
create trigger payout_batch_kept before update or delete on payout_batch
  for each row execute function keep_payout_batch();

-- Every night all periods are counted anew; what differs from the ledger is written down.
create table pay_recount (
  org_id text not null,
  day date not null,
  periods integer not null,
  entries integer not null,
  difference_minor bigint not null,
  differences jsonb not null default '[]',
  took_ms integer not null,
  at timestamptz not null default clock_timestamp(),
  primary key (org_id, day)
);

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array[
    'plan', 'plan_version', 'plan_assignment', 'pay_rules', 'pay_period', 'payee', 'pay_entry',
    'statement', 'pay_approval', 'dispute', 'payout_batch', 'payout_line', 'pay_recount'
  ] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy tenant on %I using (org_id = any (current_orgs()))'
      ' with check (org_id = any (current_orgs()))',
      tenant_table
    );
    execute format('grant select, insert on %I to ovation_app', tenant_table);
  end loop;
end
$$;

grant update on plan, plan_version, plan_assignment, pay_rules, statement, dispute, payout_batch
  to ovation_app;
grant update (state, calculated_at, input_hash, result_hash, as_of_seq, closed_at, closed_by,
  reopened_at, reopened_by, reopen_reason) on pay_period to ovation_app;
grant delete on plan, plan_version, plan_assignment, statement to ovation_app;
