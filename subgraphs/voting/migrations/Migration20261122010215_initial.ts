import { Migration } from '@mikro-orm/migrations';
import { eventTablesDownSql, eventTablesSql } from '@polity/kernel/events/outbox';
import { jobTableDownSql, jobTableSql } from '@polity/kernel/jobs/job';

// Keys name the tenant, so no row can hang below another tenant's, whatever wall is down.
const foreignKeys = [
  `alter table poll_option add constraint poll_option_poll_fk foreign key (tenant_id, poll_id) references poll (tenant_id, id) on delete cascade`,
  `alter table elector add constraint elector_poll_fk foreign key (tenant_id, poll_id) references poll (tenant_id, id) on delete cascade`,
  `alter table covered_unit add constraint covered_unit_poll_fk foreign key (tenant_id, poll_id) references poll (tenant_id, id) on delete cascade`,
  `alter table box_ballot add constraint box_ballot_poll_fk foreign key (tenant_id, poll_id) references poll (tenant_id, id) on delete cascade`,
  `alter table nomination add constraint nomination_poll_fk foreign key (tenant_id, poll_id) references poll (tenant_id, id) on delete cascade`,
  `alter table poll_key add constraint poll_key_poll_fk foreign key (tenant_id, id) references poll (tenant_id, id) on delete cascade`,
  `alter table poll_count add constraint poll_count_poll_fk foreign key (tenant_id, id) references poll (tenant_id, id) on delete cascade`,
  // A ballot hangs below its voter on the roll: nobody else can have one, and thousands at once lock no row that they share.
  `alter table ballot add constraint ballot_elector_fk foreign key (tenant_id, poll_id, voter_id) references elector (tenant_id, poll_id, user_id) on delete cascade`,
  `alter table nomination_second add constraint nomination_second_nomination_fk foreign key (tenant_id, nomination_id) references nomination (tenant_id, id) on delete cascade`,
  `alter table poll add constraint poll_team_in_community check (team_id is null or community_id is not null)`,
];

// An index per reason to see a poll: few visible ones are found among any number of hidden ones.
const visibilityIndexes = [
  `create index poll_public on poll (tenant_id, id) where visibility = 'PUBLIC'`,
  `create index poll_of_community on poll (tenant_id, community_id, id) where visibility = 'COMMUNITY' or visibility = 'TEAM' and team_id is null`,
  `create index poll_of_team on poll (tenant_id, team_id, id) where visibility = 'TEAM'`,
  `create index poll_at_tenant on poll (tenant_id, id) where community_id is null and team_id is null`,
  `create index poll_private on poll (tenant_id, author_id, id) where visibility = 'PRIVATE'`,
];

export class Migration20261122010215_initial extends Migration {
  override up(): void {
    this.addSql(
      `create table "ballot" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "poll_id" uuid not null, "voter_id" uuid not null, "weight" int not null, "counted_weight" int null, "content" jsonb not null, "hash" varchar(255) not null, "cast_at" timestamptz not null, "idempotency_key" varchar(255) null, "invalidated_at" timestamptz null, "invalidated_by" uuid null, "invalid_reason" text null, primary key ("id"));`,
    );
    this.addSql(`create index "ballot_tenant_id_poll_id_id_index" on "ballot" ("tenant_id", "poll_id", "id");`);
    this.addSql(`create index "ballot_tenant_id_voter_id_id_index" on "ballot" ("tenant_id", "voter_id", "id");`);
    this.addSql(
      `alter table "ballot" add constraint "ballot_one_per_voter" unique ("tenant_id", "poll_id", "voter_id");`,
    );
    this.addSql(`alter table "ballot" add constraint "ballot_hash_unique" unique ("tenant_id", "poll_id", "hash");`);
    this.addSql(
      `create table "box_ballot" ("id" uuid not null, "tenant_id" uuid not null, "poll_id" uuid not null, "content" jsonb not null, "hash" varchar(255) not null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "box_ballot" add constraint "box_ballot_hash_unique" unique ("tenant_id", "poll_id", "hash");`,
    );
    this.addSql(
      `create table "covered_unit" ("id" uuid not null, "tenant_id" uuid not null, "poll_id" uuid not null, "elector_id" uuid not null, "hash" varchar(255) not null, primary key ("id"));`,
    );
    this.addSql(
      `create index "covered_unit_tenant_id_elector_id_index" on "covered_unit" ("tenant_id", "elector_id");`,
    );
    this.addSql(
      `alter table "covered_unit" add constraint "covered_unit_unique" unique ("tenant_id", "poll_id", "hash");`,
    );
    this.addSql(
      `create table "delegation" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "community_id" uuid null, "team_id" uuid null, "scope_id" uuid not null, "topic" varchar(255) not null, "delegator_id" uuid not null, "delegate_id" uuid not null, primary key ("id"));`,
    );
    this.addSql(
      `create index "delegation_tenant_id_delegator_id_id_index" on "delegation" ("tenant_id", "delegator_id", "id");`,
    );
    this.addSql(
      `create index "delegation_tenant_id_delegate_id_scope_id_index" on "delegation" ("tenant_id", "delegate_id", "scope_id");`,
    );
    this.addSql(
      `alter table "delegation" add constraint "delegation_unique" unique ("tenant_id", "scope_id", "topic", "delegator_id");`,
    );
    this.addSql(
      `create table "elector" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "poll_id" uuid not null, "user_id" uuid not null, "weight" int not null, "eligible" boolean not null, "participation" text not null, primary key ("id"));`,
    );
    this.addSql(
      `create index "elector_tenant_id_user_id_poll_id_index" on "elector" ("tenant_id", "user_id", "poll_id");`,
    );
    this.addSql(`alter table "elector" add constraint "elector_tenant_id_id_unique" unique ("tenant_id", "id");`);
    this.addSql(`alter table "elector" add constraint "elector_unique" unique ("tenant_id", "poll_id", "user_id");`);
    this.addSql(
      `create table "nomination" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "poll_id" uuid not null, "nominee_id" uuid not null, "nominated_by" uuid not null, "title" varchar(255) not null, "statement" text null, "statement_html" text null, "status" text not null, "responded_at" timestamptz null, "reviewed_by" uuid null, "review_reason" text null, primary key ("id"));`,
    );
    this.addSql(`create index "nomination_tenant_id_poll_id_id_index" on "nomination" ("tenant_id", "poll_id", "id");`);
    this.addSql(
      `create index "nomination_tenant_id_nominee_id_id_index" on "nomination" ("tenant_id", "nominee_id", "id");`,
    );
    this.addSql(`alter table "nomination" add constraint "nomination_tenant_id_id_unique" unique ("tenant_id", "id");`);
    this.addSql(
      `alter table "nomination" add constraint "nomination_unique" unique ("tenant_id", "poll_id", "nominee_id");`,
    );
    this.addSql(
      `create table "nomination_second" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "nomination_id" uuid not null, "user_id" uuid not null, primary key ("id"));`,
    );
    this.addSql(
      `create index "nomination_second_tenant_id_user_id_index" on "nomination_second" ("tenant_id", "user_id");`,
    );
    this.addSql(
      `alter table "nomination_second" add constraint "nomination_second_unique" unique ("tenant_id", "nomination_id", "user_id");`,
    );
    this.addSql(
      `create table "poll" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "author_id" uuid not null, "community_id" uuid null, "team_id" uuid null, "title" varchar(255) not null, "description" text null, "description_html" text null, "visibility" text not null, "chosen_visibility" text not null, "topic" varchar(255) null, "method" text not null, "rule" text not null, "seats" int not null, "max_choices" int null, "min_score" int null, "max_score" int null, "credits" int null, "anonymous" boolean not null, "allows_change" boolean not null, "none_of_the_above" boolean not null, "shuffle_options" boolean not null, "break_ties" boolean not null, "results_visibility" text not null, "quorum" int null, "turnout_quorum" int null, "threshold" varchar(255) null, "eligibility" text not null, "eligibility_role" varchar(255) null, "nomination_approval" boolean not null, "status" text not null, "opens_at" timestamptz null, "closes_at" timestamptz null, "opened_at" timestamptz null, "closed_at" timestamptz null, "cancelled_at" timestamptz null, "cancel_reason" text null, "eligible_count" int null, "cast_count" int null, "outcome" text null, "external_key" varchar(255) null, "edited_at" timestamptz null, "hidden_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(`create index "poll_tenant_id_community_id_id_index" on "poll" ("tenant_id", "community_id", "id");`);
    this.addSql(`create index "poll_tenant_id_team_id_id_index" on "poll" ("tenant_id", "team_id", "id");`);
    this.addSql(`create index "poll_tenant_id_status_id_index" on "poll" ("tenant_id", "status", "id");`);
    this.addSql(`alter table "poll" add constraint "poll_tenant_id_id_unique" unique ("tenant_id", "id");`);
    this.addSql(`alter table "poll" add constraint "poll_external_key_unique" unique ("tenant_id", "external_key");`);
    this.addSql(
      `create table "poll_count" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "count" jsonb not null, "seed" varchar(255) null, "turnout" jsonb null, "told_until" uuid null, primary key ("id"));`,
    );
    this.addSql(
      `create table "poll_key" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "key" varchar(255) not null, primary key ("id"));`,
    );
    this.addSql(
      `create table "poll_option" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "poll_id" uuid not null, "title" varchar(255) not null, "description" text null, "description_html" text null, "position" int not null, "nominee_id" uuid null, "none_of_the_above" boolean not null, "external_key" varchar(255) null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "poll_option" add constraint "poll_option_tenant_id_id_unique" unique ("tenant_id", "id");`,
    );
    this.addSql(
      `alter table "poll_option" add constraint "poll_option_position_unique" unique ("tenant_id", "poll_id", "position");`,
    );
    this.addSql(`alter table "ballot" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "ballot" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`alter table "box_ballot" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "box_ballot" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`alter table "covered_unit" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "covered_unit" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`alter table "delegation" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "delegation" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(
      `alter table "elector" add constraint "elector_participation_check" check ("participation" in ('NONE', 'COVERED', 'VOTED'));`,
    );
    this.addSql(`alter table "elector" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "elector" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(
      `alter table "nomination" add constraint "nomination_status_check" check ("status" in ('PROPOSED', 'ACCEPTED', 'APPROVED', 'DECLINED', 'REJECTED'));`,
    );
    this.addSql(`alter table "nomination" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "nomination" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`alter table "nomination_second" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "nomination_second" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(
      `alter table "poll" add constraint "poll_visibility_check" check ("visibility" in ('PUBLIC', 'COMMUNITY', 'TEAM', 'PRIVATE'));`,
    );
    this.addSql(
      `alter table "poll" add constraint "poll_chosen_visibility_check" check ("chosen_visibility" in ('PUBLIC', 'COMMUNITY', 'TEAM', 'PRIVATE'));`,
    );
    this.addSql(
      `alter table "poll" add constraint "poll_method_check" check ("method" in ('PLURALITY', 'APPROVAL', 'SCORE', 'RANKED', 'CONSENT'));`,
    );
    this.addSql(
      `alter table "poll" add constraint "poll_rule_check" check ("rule" in ('PLURALITY', 'APPROVAL', 'SUM', 'STAR', 'MAJORITY_JUDGMENT', 'QUADRATIC', 'INSTANT_RUNOFF', 'SCHULZE', 'SCHULZE_MARGINS', 'RANKED_PAIRS', 'MINIMAX', 'COPELAND', 'BORDA', 'STV_SCOTTISH', 'STV_WIGM', 'STV_MEEK', 'CONSENT'));`,
    );
    this.addSql(
      `alter table "poll" add constraint "poll_results_visibility_check" check ("results_visibility" in ('ALWAYS', 'AFTER_VOTE', 'AFTER_CLOSE'));`,
    );
    this.addSql(
      `alter table "poll" add constraint "poll_eligibility_check" check ("eligibility" in ('MEMBERS', 'ROLE', 'LIST'));`,
    );
    this.addSql(
      `alter table "poll" add constraint "poll_status_check" check ("status" in ('DRAFT', 'NOMINATION', 'OPEN', 'CLOSED', 'CANCELLED', 'ARCHIVED'));`,
    );
    this.addSql(
      `alter table "poll" add constraint "poll_outcome_check" check ("outcome" in ('PASSED', 'FAILED', 'NO_QUORUM'));`,
    );
    this.addSql(`alter table "poll" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "poll" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`alter table "poll_count" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "poll_count" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`alter table "poll_key" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "poll_key" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`alter table "poll_option" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "poll_option" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    for (const sql of [...foreignKeys, ...visibilityIndexes]) this.addSql(sql);
    for (const sql of eventTablesSql) this.addSql(sql);
    for (const sql of jobTableSql) this.addSql(sql);
  }

  override down(): void {
    for (const sql of jobTableDownSql) this.addSql(sql);
    for (const sql of eventTablesDownSql) this.addSql(sql);
    this.addSql(`drop table if exists "ballot" cascade;`);
    this.addSql(`drop table if exists "box_ballot" cascade;`);
    this.addSql(`drop table if exists "covered_unit" cascade;`);
    this.addSql(`drop table if exists "delegation" cascade;`);
    this.addSql(`drop table if exists "elector" cascade;`);
    this.addSql(`drop table if exists "nomination" cascade;`);
    this.addSql(`drop table if exists "nomination_second" cascade;`);
    this.addSql(`drop table if exists "poll" cascade;`);
    this.addSql(`drop table if exists "poll_count" cascade;`);
    this.addSql(`drop table if exists "poll_key" cascade;`);
    this.addSql(`drop table if exists "poll_option" cascade;`);
  }
}
