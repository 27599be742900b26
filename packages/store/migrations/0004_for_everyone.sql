-- Badges, the feed, kudos, rewards and duels: what everybody sees, earns and spends.

-- A badge's rules as they are now; those of before are in the log.
create table achievement (
  org_id text not null,
  achievement_id text not null,
  name text not null,
  names jsonb not null default '{}',
  description text not null default '',
  descriptions jsonb not null default '{}',
  definition jsonb not null,
  created_at timestamptz not null default now(),
  primary key (org_id, achievement_id)
);

-- Who has which badge, made of the log. What was taken back stays, so that it is known how often
-- it was given: each time has its own entry in the wallet and its own line in the feed.
create table badge_award (
  org_id text not null,
  achievement_id text not null,
  person_id text not null,
  level text not null,
  -- Key of the window, 'once', or the first day of a run.
  window_key text not null,
  points bigint not null check (points >= 0),
  times integer not null default 1,
  -- When what it is earned by happened.
  reached_at timestamptz not null,
  given_at timestamptz not null,
  gone_at timestamptz,
  -- The event by which it was last given or taken back.
  seq bigint not null,
  primary key (org_id, achievement_id, person_id, level, window_key)
);
create index badge_award_person on badge_award (org_id, person_id, given_at desc)
  where gone_at is null;
create index badge_award_seq on badge_award (org_id, seq desc);

-- The internal news. Who is meant is an id: names are read when it is shown.
create table feed_item (
  org_id text not null,
  item_id text not null,
  -- The order in which it became news.
  place bigint generated always as identity,
  kind text not null
    check (kind in ('win', 'badge', 'contest', 'kudos', 'announcement')),
  at timestamptz not null,
  -- Whom it is about, and which user wrote it.
  person_id text,
  user_id text,
  text text not null default '',
  data jsonb not null default '{}',
  -- What it told is no longer so.
  withdrawn_at timestamptz,
  hidden_at timestamptz,
  hidden_by text,
  hidden_reason text,
  primary key (org_id, item_id)
);
create index feed_item_place on feed_item (org_id, place desc) where withdrawn_at is null;

create table feed_comment (
  org_id text not null,
  comment_id text not null,
  item_id text not null,
  user_id text not null,
  text text not null,
  at timestamptz not null,
  deleted_at timestamptz,
  hidden_at timestamptz,
  hidden_by text,
  hidden_reason text,
  primary key (org_id, comment_id)
);
create index feed_comment_item on feed_comment (org_id, item_id, at);

create table feed_reaction (
  org_id text not null,
  item_id text not null,
  user_id text not null,
  reaction text not null,
  at timestamptz not null,
  primary key (org_id, item_id, user_id, reaction)
);

-- What kudos may be for; without a row the starter set stands.
create table kudos_category (
  org_id text not null,
  category_id text not null,
  name text not null,
  names jsonb not null default '{}',
  icon text not null,
  position integer not null,
  primary key (org_id, category_id)
);

-- How much points may be given and staked; without a row the defaults stand.
create table play_rules (
  org_id text primary key,
  rules jsonb not null
);

-- Points a month that a manager may grant, where it is other than the rules say.
create table point_budget (
  org_id text not null,
  user_id text not null,
  points bigint not null check (points >= 0),
  primary key (org_id, user_id)
);

-- What somebody has given away in a month.
create table allowance (
  org_id text not null,
  user_id text not null,
  -- 'kudos' or 'grant'.
  purpose text not null check (purpose in ('kudos', 'grant')),
  -- First date of the month in the organisation's calendar.
  month_key text not null,
  used bigint not null check (used >= 0),
  primary key (org_id, user_id, purpose, month_key)
);

-- What points can be exchanged for.
create table reward (
  org_id text not null,
  reward_id text not null,
  name text not null,
  names jsonb not null default '{}',
  description text not null default '',
  descriptions jsonb not null default '{}',
  icon text not null,
  price bigint not null check (price > 0),
  -- What one costs the organisation, in minor units of its currency.
  cost_minor bigint not null default 0 check (cost_minor >= 0),
  -- How many are left; null for as many as are wanted.
  stock integer check (stock >= 0),
  per_person integer check (per_person > 0),
  active boolean not null default true,
  created_at timestamptz not null default now(),
  primary key (org_id, reward_id)
);

create table redemption (
  org_id text not null,
  redemption_id text not null,
  reward_id text not null,
  person_id text not null,
  -- As they were when it was asked for.
  price bigint not null check (price > 0),
  cost_minor bigint not null check (cost_minor >= 0),
  state text not null
    check (state in ('requested', 'approved', 'fulfilled', 'declined', 'cancelled')),
  requested_at timestamptz not null,
  settled_at timestamptz,
  settled_by text,
  reason text,
  primary key (org_id, redemption_id)
);
create index redemption_person on redemption (org_id, person_id, requested_at desc);
create index redemption_reward on redemption (org_id, reward_id, state);
create index redemption_open on redemption (org_id, requested_at)
  where state in ('requested', 'approved');

-- One challenges another. Accepted, it is a contest, and both stakes are held until its end.
create table duel (
  org_id text not null,
  duel_id text not null,
  challenger_id text not null,
  opponent_id text not null check (opponent_id <> challenger_id),
  metric text not null,
  -- How long it lasts, from when it is accepted.
  hours integer not null check (hours between 1 and 336),
  stake bigint not null check (stake >= 0),
  state text not null
    check (state in ('offered', 'accepted', 'declined', 'withdrawn', 'settled')),
  offered_at timestamptz not null,
  -- Without an answer it ends here.
  expires_at timestamptz not null,
  answered_at timestamptz,
  contest_id text,
  starts_at timestamptz,
  ends_at timestamptz,
  winner_id text,
  settled_at timestamptz,
  primary key (org_id, duel_id)
);
create index duel_challenger on duel (org_id, challenger_id, offered_at desc);
create index duel_opponent on duel (org_id, opponent_id, offered_at desc);
create unique index duel_contest on duel (org_id, contest_id) where contest_id is not null;

-- Who does not want to be challenged.
create table duel_opt_out (
  org_id text not null,
  person_id text not null,
  primary key (org_id, person_id)
);

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array[
    'achievement', 'badge_award', 'feed_item', 'feed_comment', 'feed_reaction', 'kudos_category',
    'play_rules', 'point_budget', 'allowance', 'reward', 'redemption', 'duel', 'duel_opt_out'
  ] loop
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

grant delete on achievement, feed_reaction, kudos_category, duel_opt_out to ovation_app;
grant select on achievement, kudos_category to ovation_projector;
grant select, insert, update on badge_award, feed_item to ovation_projector;
-- Whose news it is; nothing that opens a door.
grant select (org_id, user_id, name, person_id) on user_account to ovation_projector;
