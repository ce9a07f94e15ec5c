CREATE INDEX actions_by_key ON actions (org_id, delivery, idempotency_key, created_at)
  WHERE holds_key = 0;

CREATE INDEX actions_claim ON actions
  (delivery, org_id, operation, priority, hold_until, action_id)
  WHERE status = 'approved';

CREATE INDEX actions_deadline ON actions (execute_by) WHERE status = 'approved';

CREATE UNIQUE INDEX actions_id ON actions (action_id, id_twin);

CREATE UNIQUE INDEX actions_key ON actions (org_id, delivery, idempotency_key)
  WHERE holds_key = 1;

CREATE INDEX actions_listed ON actions (org_id, status, created_at);

CREATE INDEX actions_open ON actions (expires_at) WHERE status = 'pending_approval';

CREATE INDEX actions_stuck ON actions (org_id, status, hold_reason, created_at)
  WHERE status = 'approved' AND hold_reason IN
    ('needs_person', 'configuration', 'cannot_tell', 'stale_facts');

CREATE INDEX actions_undoable ON actions (org_id, hold_until, action_id)
  WHERE status = 'approved' AND hold_reason = 'undo_window';

CREATE INDEX activities_by_record ON activities (org_id, res_model, res_id);

CREATE UNIQUE INDEX api_tokens_name ON api_tokens (org_id, name) WHERE revoked_at IS NULL;

CREATE INDEX approval_entries_by_time ON approval_entries (org_id, at);

CREATE INDEX approval_requests_by_action ON approval_requests (org_id, action_id, revision)
  WHERE action_id IS NOT NULL;

CREATE INDEX approval_requests_policies ON approval_requests (org_id, at)
  WHERE kind = 'policy';

CREATE INDEX attempts_by_time ON attempts (org_id, intent_at) WHERE channel IS NOT NULL;

CREATE INDEX attempts_open ON attempts (boot_id) WHERE outcome IS NULL;

CREATE INDEX attempts_open_sms ON attempts (org_id)
  WHERE channel = 'sms' AND (outcome IS NULL OR outcome = 'unknown');

CREATE UNIQUE INDEX attempts_provider ON attempts (org_id, channel, provider_id)
  WHERE provider_id IS NOT NULL AND channel IS NOT NULL;

CREATE INDEX attempts_unsettled ON attempts (org_id, intent_at)
  WHERE outcome IN ('unknown', 'abandoned', 'left') AND proven_at IS NULL;

CREATE INDEX audit_by_action ON audit_entries (org_id, action_id, seq)
  WHERE action_id IS NOT NULL;

CREATE INDEX balances_by_account ON balances (org_id, account, currency, on_day);

CREATE INDEX bills_by_issue ON bills (org_id, issued_on);

CREATE INDEX bills_open ON bills (org_id, id) WHERE open_minor <> 0;

CREATE INDEX boots_live ON boots (started_at) WHERE ended_at IS NULL;

CREATE INDEX channel_pauses_by_end ON channel_pauses (until);

CREATE INDEX channel_rates_in_debt ON channel_rates (arrival);

CREATE INDEX collection_holds_by_customer ON collection_holds (org_id, partner_id);

CREATE INDEX collection_holds_by_invoice ON collection_holds (org_id, invoice_id)
  WHERE invoice_id IS NOT NULL;

CREATE INDEX collection_holds_by_partner ON collection_holds (org_id, partner_id)
  WHERE invoice_id IS NULL;

CREATE INDEX consents_by_address ON consents (org_id, channel, address);

CREATE INDEX customer_messages_answers ON customer_messages (org_id, partner_id, received_at)
  WHERE is_automatic = 0;

CREATE INDEX deals_open ON deals (org_id, id) WHERE state = 'open';

CREATE INDEX disputes_by_invoice ON disputes (org_id, invoice_id);

CREATE INDEX findings_by_source ON findings (org_id, source) WHERE gone_at IS NULL;

CREATE UNIQUE INDEX findings_holding ON findings (org_id, fingerprint) WHERE gone_at IS NULL;

CREATE INDEX invoices_by_issue ON invoices (org_id, issued_on);

CREATE INDEX invoices_by_number ON invoices (org_id, number);

CREATE INDEX invoices_by_partner ON invoices (org_id, partner_id);

CREATE INDEX invoices_open ON invoices (org_id, id) WHERE open_minor <> 0;

CREATE INDEX invoices_open_by_partner ON invoices (org_id, partner_id, due_on, id)
  WHERE open_minor <> 0;

CREATE UNIQUE INDEX job_runs_running ON job_runs (org_id, job) WHERE state = 'running';

CREATE INDEX jobs_due ON jobs (next_at) WHERE paused_at IS NULL AND next_at IS NOT NULL;

CREATE INDEX live_records_by_action ON live_records (org_id, action_id);

CREATE INDEX memberships_person ON memberships (person_id);

CREATE INDEX notes_by_record ON notes (org_id, res_model, res_id);

CREATE INDEX outreach_addresses_by_call ON outreach_addresses (org_id, action_id, revision, call);

CREATE INDEX outreach_addresses_by_domain ON outreach_addresses
  (org_id, domain, channel, delivery, at)
  WHERE domain IS NOT NULL AND counts = 1;

CREATE INDEX outreach_by_org ON outreach (org_id, channel, delivery, audience, at)
  WHERE counts = 1 AND audience IS NOT NULL;

CREATE INDEX outreach_by_partner ON outreach (org_id, partner_id, channel, delivery, at)
  WHERE counts = 1 AND partner_id IS NOT NULL;

CREATE INDEX outreach_by_scope ON outreach (org_id, scope, delivery, at)
  WHERE counts = 1 AND scope IS NOT NULL;

CREATE INDEX outreach_counters_by_call ON outreach_counters (org_id, action_id, revision, call);

CREATE INDEX partner_aliases_by_root ON partner_aliases (org_id, root_id);

CREATE INDEX partners_by_name ON partners (org_id, name);

CREATE INDEX partners_by_parent ON partners (org_id, parent_id);

CREATE INDEX partners_listed ON partners (org_id, lower(name), id)
  WHERE kind = 'partner' AND gone_at IS NULL;

CREATE INDEX passkeys_person ON passkeys (person_id);

CREATE INDEX policy_cap_counts_by_action ON policy_cap_counts (org_id, action_id);

CREATE INDEX policy_decisions_auto ON policy_decisions (org_id, at, amount)
  WHERE verdict = 'auto' AND amount IS NOT NULL;

CREATE INDEX policy_decisions_by_partner ON policy_decisions (org_id, partner, at)
  WHERE partner IS NOT NULL;

CREATE INDEX policy_decisions_by_proposer ON policy_decisions (org_id, proposer, at);

CREATE INDEX policy_decisions_by_time ON policy_decisions (org_id, at, action_id, revision);

CREATE INDEX provider_events_by_action ON provider_events (org_id, action_id)
  WHERE action_id IS NOT NULL;

CREATE INDEX provider_events_by_address ON provider_events (org_id, recipient_digest, kind)
  WHERE kind IN ('soft_bounced', 'delivered', 'unsubscribed', 'resubscribed');

CREATE INDEX provider_events_due ON provider_events (look_at) WHERE state <> 'done';

CREATE INDEX provider_events_personal ON provider_events (received_at)
  WHERE recipient IS NOT NULL OR body IS NOT NULL;

CREATE INDEX provider_events_stray ON provider_events (org_id, received_at)
  WHERE state = 'done' AND action_id IS NULL;

CREATE INDEX provider_events_waiting ON provider_events (org_id, channel, provider_id)
  WHERE state = 'waiting';

CREATE INDEX replays_by_time ON replays (org_id, begun_at);

CREATE INDEX sessions_person ON sessions (person_id);

CREATE INDEX settings_by_key ON settings (key);

CREATE INDEX settlements_by_invoice ON settlements (org_id, invoice_id, settled_on);

CREATE INDEX settlements_by_news ON settlements (org_id, known_since);

CREATE INDEX settlements_unallocated ON settlements (org_id, partner_id)
  WHERE invoice_id IS NULL;

CREATE UNIQUE INDEX suppressions_by_address
  ON suppressions (org_id, channel, address, scope, reason) WHERE removed_at IS NULL;

CREATE INDEX suppressions_to_push ON suppressions (org_id, suppression_id)
  WHERE channel = 'email' AND scope = 'all' AND expires_at IS NULL AND pushed_at IS NULL
    AND removed_at IS NULL AND address_text IS NOT NULL;

CREATE INDEX tasks_by_project ON tasks (org_id, project_id);

CREATE INDEX tasks_open ON tasks (org_id, id) WHERE is_done = 0;

CREATE INDEX timers_due ON timers (due);

CREATE UNIQUE INDEX unsubscribe_links_by_token ON unsubscribe_links (token_digest);

CREATE UNIQUE INDEX webhooks_by_token ON webhooks (token_digest);

CREATE TABLE access_links (
  digest TEXT NOT NULL PRIMARY KEY CHECK (LENGTH(digest) = 64),
  person_id TEXT REFERENCES persons (person_id),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL CHECK (expires_at > created_at)
);

CREATE TABLE action_revisions (
  org_id TEXT NOT NULL,
  action_id TEXT NOT NULL,
  revision BIGINT NOT NULL,
  digest TEXT NOT NULL,
  document BLOB NOT NULL,
  sender TEXT,
  reply_to TEXT,
  expires_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  cause TEXT NOT NULL, sender_id TEXT, sender_reason TEXT, salesperson TEXT,
  PRIMARY KEY (org_id, action_id, revision),
  FOREIGN KEY (org_id, action_id) REFERENCES actions (org_id, action_id)
);

CREATE TABLE actions (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  action_id TEXT NOT NULL,
  action_type TEXT NOT NULL,
  operation TEXT NOT NULL,
  risk TEXT NOT NULL CHECK (risk IN ('low', 'medium', 'high', 'critical')),
  status TEXT NOT NULL CHECK (status IN ('pending_approval', 'approved', 'rejected',
    'executing', 'completed', 'failed', 'expired')),
  hold_reason TEXT,
  hold_until BIGINT NOT NULL DEFAULT 0,
  revision BIGINT NOT NULL CHECK (revision > 0),
  digest TEXT NOT NULL,
  proposal_digest TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  partner_id BIGINT,
  title TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  execute_by BIGINT,
  approved_by TEXT,
  approved_at BIGINT,
  approved_delivery TEXT,
  rejected_by TEXT,
  rejected_at BIGINT,
  rejection_reason TEXT,
  quiet_until BIGINT,
  claim_boot TEXT,
  claim_token BIGINT,
  last_token BIGINT NOT NULL DEFAULT 0,
  attempts BIGINT NOT NULL DEFAULT 0,
  calls BIGINT NOT NULL DEFAULT 0,
  provider_id TEXT,
  error_code TEXT,
  error_message TEXT,
  warnings TEXT,
  executed_at BIGINT,
  duration_ms BIGINT,
  facts TEXT,
  facts_confirmed BIGINT NOT NULL DEFAULT 0, delivery TEXT NOT NULL DEFAULT 'sandbox'
  CHECK (delivery IN ('sandbox', 'redirect', 'live')), id_twin BIGINT NOT NULL DEFAULT 0, holds_key BIGINT NOT NULL DEFAULT 1
  CHECK (holds_key IN (0, 1)), priority BIGINT NOT NULL DEFAULT 2
  CHECK (priority >= 0 AND priority <= 3), approved_digest TEXT, approved_policy BIGINT CHECK (approved_policy > 0),
  PRIMARY KEY (org_id, action_id),
  CHECK (status <> 'approved' OR approved_at IS NOT NULL),
  CHECK (status <> 'approved' OR execute_by IS NOT NULL),
  CHECK (status <> 'executing' OR claim_boot IS NOT NULL),
  CHECK (status <> 'rejected' OR rejected_at IS NOT NULL)
);

CREATE TABLE activities (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  id BIGINT NOT NULL CHECK (id > 0),
  res_model TEXT NOT NULL,
  res_id BIGINT NOT NULL CHECK (res_id > 0),
  activity_type TEXT NOT NULL CHECK (activity_type <> ''),
  summary TEXT NOT NULL CHECK (summary <> ''),
  note TEXT,
  due_on BIGINT,
  user_id BIGINT CHECK (user_id > 0),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);

CREATE TABLE api_tokens (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  token_id TEXT NOT NULL CHECK (token_id <> ''),
  digest TEXT NOT NULL UNIQUE CHECK (LENGTH(digest) = 64),
  name TEXT NOT NULL CHECK (name <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('person', 'agent')),
  person_id TEXT NOT NULL REFERENCES persons (person_id),
  scopes TEXT NOT NULL CHECK (scopes <> ''),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL CHECK (expires_at > created_at),
  last_used_at BIGINT,
  revoked_at BIGINT,
  PRIMARY KEY (org_id, token_id),
  CHECK (kind = 'person' OR scopes IN ('read', 'propose', 'suppress', 'read,propose',
    'read,suppress', 'propose,suppress', 'read,propose,suppress'))
);

CREATE TABLE approval_entries (
  org_id TEXT NOT NULL,
  request_id TEXT NOT NULL,
  number BIGINT NOT NULL CHECK (number > 0),
  person TEXT NOT NULL CHECK (person LIKE 'person:%'),
  word TEXT NOT NULL CHECK (word IN ('approve', 'reject')),
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  roles TEXT NOT NULL,
  channel TEXT NOT NULL,
  via TEXT NOT NULL,
  step_up TEXT,
  step_up_at BIGINT,
  evidence BLOB,
  at BIGINT NOT NULL, considered_ms BIGINT CHECK (considered_ms >= 0), together BIGINT NOT NULL DEFAULT 1
  CHECK (together > 0),
  PRIMARY KEY (org_id, request_id, number),
  UNIQUE (org_id, request_id, person),
  FOREIGN KEY (org_id, request_id) REFERENCES approval_requests (org_id, request_id)
);

CREATE TABLE approval_requests (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  request_id TEXT NOT NULL CHECK (request_id <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('action', 'policy')),
  action_id TEXT,
  revision BIGINT,
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  requirement TEXT NOT NULL,
  version BIGINT NOT NULL,
  requested_by TEXT NOT NULL,
  at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  document TEXT,
  source TEXT,
  reason TEXT,
  PRIMARY KEY (org_id, request_id),
  CHECK ((kind = 'action') = (action_id IS NOT NULL AND revision IS NOT NULL)),
  CHECK ((kind = 'policy') = (document IS NOT NULL))
);

CREATE TABLE approval_resolutions (
  org_id TEXT NOT NULL,
  request_id TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN
    ('approved', 'rejected', 'expired', 'superseded', 'auto', 'denied')),
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  version BIGINT NOT NULL,
  by_whom TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (org_id, request_id)
);

CREATE TABLE attempts (
  org_id TEXT NOT NULL,
  action_id TEXT NOT NULL,
  revision BIGINT NOT NULL,
  call BIGINT NOT NULL,
  boot_id TEXT NOT NULL,
  token BIGINT NOT NULL,
  intent_at BIGINT NOT NULL,
  channel TEXT,
  delivery TEXT NOT NULL,
  request_digest TEXT NOT NULL,
  outcome TEXT,
  detail TEXT,
  provider_id TEXT,
  ended_at BIGINT,
  looks BIGINT NOT NULL DEFAULT 0, proven_at BIGINT, asked_at BIGINT, asked_why TEXT, stages TEXT,
  PRIMARY KEY (org_id, action_id, revision, call),
  FOREIGN KEY (org_id, action_id, revision)
    REFERENCES action_revisions (org_id, action_id, revision)
);

CREATE TABLE audit_entries (
  org_id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  action_id TEXT,
  leaf BLOB NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (org_id, seq)
);

CREATE TABLE audit_heads (
  org_id TEXT NOT NULL PRIMARY KEY,
  last_seq BIGINT NOT NULL
);

CREATE TABLE audit_private (
  org_id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  slot TEXT NOT NULL,
  payload BLOB NOT NULL,
  salt BLOB NOT NULL,
  PRIMARY KEY (org_id, seq, slot)
);

CREATE TABLE balances (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  id BIGINT NOT NULL CHECK (id > 0),
  external_id TEXT NOT NULL CHECK (external_id <> ''),
  account TEXT NOT NULL CHECK (account <> ''),
  on_day BIGINT NOT NULL,
  amount_minor BIGINT NOT NULL,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  as_of BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, external_id)
);

CREATE TABLE bills (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  id BIGINT NOT NULL CHECK (id > 0),
  external_id TEXT NOT NULL CHECK (external_id <> ''),
  number TEXT NOT NULL CHECK (number <> ''),
  supplier TEXT NOT NULL CHECK (supplier <> ''),
  issued_on BIGINT,
  due_on BIGINT,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  total_minor BIGINT NOT NULL CHECK (total_minor >= 0),
  open_minor BIGINT NOT NULL CHECK (open_minor <= total_minor),
  state TEXT NOT NULL CHECK (state IN ('draft', 'posted', 'cancelled')),
  as_of BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, external_id)
);

CREATE TABLE books_writes (
  org_id TEXT NOT NULL,
  action_id TEXT NOT NULL,
  revision BIGINT NOT NULL,
  call BIGINT NOT NULL,
  before_values TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('intended', 'written', 'undoing', 'undone')),
  record TEXT,
  undone_by TEXT,
  undone_at BIGINT,
  PRIMARY KEY (org_id, action_id, revision, call),
  FOREIGN KEY (org_id, action_id) REFERENCES actions (org_id, action_id)
);

CREATE TABLE boots (
  boot_id TEXT NOT NULL PRIMARY KEY,
  host TEXT NOT NULL,
  process_id BIGINT NOT NULL,
  kernel_boot TEXT NOT NULL,
  lease_ends_at BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  ended_at BIGINT,
  end_cause TEXT
);

CREATE TABLE briefings (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  kind TEXT NOT NULL CHECK (kind IN ('morning', 'evening')),
  day BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (org_id, kind, day)
);

CREATE TABLE channel_pauses (
  org_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  reason TEXT NOT NULL,
  until BIGINT NOT NULL, since BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (org_id, channel)
);

CREATE TABLE channel_rates (
  org_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  arrival BIGINT NOT NULL,
  PRIMARY KEY (org_id, channel)
);

CREATE TABLE code_keys (
  person_id TEXT NOT NULL PRIMARY KEY REFERENCES persons (person_id),
  sealed BLOB NOT NULL,
  created_at BIGINT NOT NULL,
  confirmed_at BIGINT,
  last_step BIGINT
);

CREATE TABLE collection_hold_ends (
  org_id TEXT NOT NULL,
  hold_id TEXT NOT NULL,
  ended_at BIGINT NOT NULL,
  ended_on BIGINT NOT NULL,
  ended_by TEXT NOT NULL CHECK (ended_by LIKE 'person:%'),
  PRIMARY KEY (org_id, hold_id),
  FOREIGN KEY (org_id, hold_id) REFERENCES collection_holds (org_id, hold_id)
);

CREATE TABLE collection_hold_notes (
  org_id TEXT NOT NULL,
  hold_id TEXT NOT NULL,
  note TEXT NOT NULL CHECK (note <> ''),
  PRIMARY KEY (org_id, hold_id),
  FOREIGN KEY (org_id, hold_id) REFERENCES collection_holds (org_id, hold_id)
);

CREATE TABLE collection_holds (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  hold_id TEXT NOT NULL CHECK (hold_id <> ''),
  kind TEXT NOT NULL
    CHECK (kind IN ('dispute', 'promise', 'pause', 'never_remind', 'owner_handles')),
  partner_id BIGINT NOT NULL,
  invoice_id BIGINT,
  made_at BIGINT NOT NULL,
  made_on BIGINT NOT NULL,
  last_day BIGINT CHECK (last_day >= made_on),
  ends_at BIGINT CHECK (ends_at > made_at),
  amount_minor BIGINT CHECK (amount_minor > 0),
  currency TEXT CHECK (length(currency) = 3),
  promised_on BIGINT,
  grace_days BIGINT CHECK (grace_days BETWEEN 0 AND 90),
  set_by TEXT NOT NULL CHECK (set_by LIKE 'person:%'),
  PRIMARY KEY (org_id, hold_id),
  FOREIGN KEY (org_id, partner_id) REFERENCES partners (org_id, id),
  FOREIGN KEY (org_id, invoice_id) REFERENCES invoices (org_id, id),
  CHECK ((last_day IS NULL) = (ends_at IS NULL)),
  CHECK (kind <> 'pause' OR last_day IS NOT NULL),
  CHECK (kind <> 'promise' OR (amount_minor IS NOT NULL AND currency IS NOT NULL
    AND promised_on IS NOT NULL AND grace_days IS NOT NULL AND last_day IS NOT NULL)),
  CHECK (kind = 'promise' OR (amount_minor IS NULL AND currency IS NULL
    AND promised_on IS NULL AND grace_days IS NULL))
);

CREATE TABLE companies (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  id BIGINT NOT NULL CHECK (id > 0),
  name TEXT NOT NULL CHECK (name <> ''),
  PRIMARY KEY (org_id, id)
);

CREATE TABLE consents (
  org_id TEXT NOT NULL,
  consent_id TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('email', 'sms')),
  address TEXT NOT NULL,
  basis TEXT NOT NULL CHECK (basis IN ('express', 'implied', 'contract')),
  scope TEXT NOT NULL,
  obtained_at BIGINT NOT NULL,
  expires_at BIGINT,
  withdrawn_at BIGINT,
  source TEXT NOT NULL,
  evidence TEXT,
  recorded_at BIGINT NOT NULL,
  recorded_by TEXT NOT NULL,
  address_text TEXT,
  PRIMARY KEY (org_id, consent_id)
);

CREATE TABLE customer_messages (
  org_id TEXT NOT NULL,
  id BIGINT NOT NULL CHECK (id > 0),
  res_model TEXT NOT NULL CHECK (res_model <> ''),
  res_id BIGINT NOT NULL CHECK (res_id > 0),
  partner_id BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  is_automatic BIGINT NOT NULL CHECK (is_automatic IN (0, 1)),
  as_of BIGINT NOT NULL,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, partner_id) REFERENCES partners (org_id, id)
);

CREATE TABLE deal_stage_history (
  org_id TEXT NOT NULL,
  deal_id BIGINT NOT NULL,
  number BIGINT NOT NULL CHECK (number > 0),
  stage_id BIGINT NOT NULL,
  entered_at BIGINT,
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, deal_id, number),
  FOREIGN KEY (org_id, deal_id) REFERENCES deals (org_id, id),
  FOREIGN KEY (org_id, stage_id) REFERENCES deal_stages (org_id, id)
);

CREATE TABLE deal_stages (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  id BIGINT NOT NULL CHECK (id > 0),
  name TEXT NOT NULL CHECK (name <> ''),
  is_won BIGINT NOT NULL CHECK (is_won IN (0, 1)),
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, name)
);

CREATE TABLE deals (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  id BIGINT NOT NULL CHECK (id > 0),
  external_id TEXT NOT NULL CHECK (external_id <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  partner_id BIGINT,
  stage_id BIGINT NOT NULL,
  value_minor BIGINT,
  currency TEXT CHECK (length(currency) = 3),
  closes_on BIGINT,
  active_on BIGINT,
  state TEXT NOT NULL CHECK (state IN ('open', 'won', 'lost')),
  as_of BIGINT NOT NULL,
  updated_at BIGINT NOT NULL, user_id BIGINT CHECK (user_id > 0), stage_since BIGINT, company_id BIGINT, gone_at BIGINT, opened_on BIGINT, closed_on BIGINT, postponed BIGINT NOT NULL DEFAULT 0 CHECK (postponed >= 0),
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, external_id),
  FOREIGN KEY (org_id, partner_id) REFERENCES partners (org_id, id),
  FOREIGN KEY (org_id, stage_id) REFERENCES deal_stages (org_id, id),
  CHECK ((value_minor IS NULL) = (currency IS NULL))
);

CREATE TABLE disputes (
  org_id TEXT NOT NULL,
  id BIGINT NOT NULL CHECK (id > 0),
  external_id TEXT NOT NULL CHECK (external_id <> ''),
  invoice_id BIGINT NOT NULL,
  opened_on BIGINT NOT NULL,
  closed_on BIGINT CHECK (closed_on >= opened_on),
  reason TEXT CHECK (reason <> ''),
  as_of BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, external_id),
  FOREIGN KEY (org_id, invoice_id) REFERENCES invoices (org_id, id)
);

CREATE TABLE "evidence" (
  org_id TEXT NOT NULL,
  action_id TEXT NOT NULL,
  revision BIGINT NOT NULL,
  call BIGINT NOT NULL,
  number BIGINT NOT NULL,
  source TEXT NOT NULL,
  outcome TEXT NOT NULL,
  provider_id TEXT,
  at BIGINT NOT NULL,
  detail TEXT,
  PRIMARY KEY (org_id, action_id, revision, call, number)
) WITHOUT ROWID;

CREATE TABLE findings (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  number BIGINT NOT NULL CHECK (number > 0),
  fingerprint TEXT NOT NULL CHECK (fingerprint <> ''),
  source TEXT NOT NULL CHECK (source <> ''),
  kind TEXT NOT NULL CHECK (kind <> ''),
  severity BIGINT NOT NULL CHECK (severity BETWEEN 0 AND 3),
  title TEXT NOT NULL CHECK (title <> ''),
  explanation TEXT NOT NULL,
  facts TEXT NOT NULL,
  partner_id BIGINT,
  first_seen_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  seen BIGINT NOT NULL CHECK (seen > 0),
  state TEXT NOT NULL CHECK (state IN ('open', 'acknowledged', 'snoozed', 'resolved')),
  changed_at BIGINT NOT NULL,
  changed_by TEXT,
  snoozed_until BIGINT,
  gone_at BIGINT, alerted_at BIGINT,
  PRIMARY KEY (org_id, number),
  CHECK ((state = 'snoozed') = (snoozed_until IS NOT NULL)),
  CHECK (gone_at IS NULL OR state = 'resolved')
);

CREATE TABLE follow_ups (
  org_id TEXT NOT NULL,
  scheduled_by TEXT NOT NULL,
  revision BIGINT NOT NULL,
  due BIGINT NOT NULL,
  became TEXT,
  PRIMARY KEY (org_id, scheduled_by),
  FOREIGN KEY (org_id, scheduled_by, revision)
    REFERENCES action_revisions (org_id, action_id, revision)
);

CREATE TABLE import_runs (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  run_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  as_of BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  finished_at BIGINT,
  row_count BIGINT NOT NULL,
  inserted_count BIGINT NOT NULL,
  updated_count BIGINT NOT NULL,
  unchanged_count BIGINT NOT NULL,
  rejected_count BIGINT NOT NULL,
  closed_count BIGINT NOT NULL,
  PRIMARY KEY (org_id, run_id)
);

CREATE TABLE import_seen (
  org_id TEXT NOT NULL,
  run_id TEXT NOT NULL,
  external_id TEXT NOT NULL,
  PRIMARY KEY (org_id, run_id, external_id)
);

CREATE TABLE inbox_marks (
  org_id TEXT NOT NULL,
  action_id TEXT NOT NULL,
  revision BIGINT NOT NULL CHECK (revision > 0),
  snoozed_until BIGINT,
  assigned_to TEXT CHECK (assigned_to <> ''),
  has_question BIGINT NOT NULL CHECK (has_question IN (0, 1)),
  PRIMARY KEY (org_id, action_id),
  FOREIGN KEY (org_id, action_id) REFERENCES actions (org_id, action_id)
);

CREATE TABLE inbox_views (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  view_id TEXT NOT NULL CHECK (view_id <> ''),
  person_id TEXT NOT NULL CHECK (person_id <> ''),
  name TEXT NOT NULL CHECK (LENGTH(name) BETWEEN 1 AND 60),
  is_mine BIGINT NOT NULL CHECK (is_mine IN (0, 1)),
  with_snoozed BIGINT NOT NULL CHECK (with_snoozed IN (0, 1)),
  action_type TEXT,
  sort TEXT NOT NULL CHECK (sort IN ('newest', 'oldest')),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, person_id, view_id),
  UNIQUE (org_id, person_id, name)
);

CREATE TABLE installation (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE invoices (
  org_id TEXT NOT NULL,
  id BIGINT NOT NULL CHECK (id > 0),
  external_id TEXT NOT NULL CHECK (external_id <> ''),
  number TEXT NOT NULL CHECK (number <> ''),
  partner_id BIGINT NOT NULL,
  issued_on BIGINT,
  due_on BIGINT,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  total_minor BIGINT NOT NULL CHECK (total_minor >= 0),
  stated_open_minor BIGINT,
  stated_on BIGINT,
  state TEXT NOT NULL CHECK (state IN ('draft', 'posted', 'cancelled')),
  never_remind BIGINT NOT NULL CHECK (never_remind IN (0, 1)),
  closed_on BIGINT,
  open_minor BIGINT NOT NULL,
  charges_minor BIGINT NOT NULL CHECK (charges_minor >= 0),
  is_disputed BIGINT NOT NULL CHECK (is_disputed IN (0, 1)),
  as_of BIGINT NOT NULL,
  updated_at BIGINT NOT NULL, payment_state TEXT CHECK (payment_state <> ''), company_id BIGINT, gone_at BIGINT,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, external_id),
  FOREIGN KEY (org_id, partner_id) REFERENCES partners (org_id, id),
  CHECK ((stated_open_minor IS NULL) = (stated_on IS NULL)),
  CHECK (closed_on IS NULL OR open_minor = 0)
);

CREATE TABLE job_runs (
  org_id TEXT NOT NULL,
  job TEXT NOT NULL,
  scheduled_at BIGINT NOT NULL,
  cause TEXT NOT NULL CHECK (cause IN ('schedule', 'missed', 'retry', 'person')),
  state TEXT NOT NULL CHECK (state IN ('running', 'succeeded', 'failed', 'abandoned',
    'skipped')),
  boot_id TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  ended_at BIGINT,
  error_code TEXT,
  result TEXT NOT NULL,
  PRIMARY KEY (org_id, job, scheduled_at),
  FOREIGN KEY (org_id, job) REFERENCES jobs (org_id, job),
  CHECK ((state = 'running') = (ended_at IS NULL))
);

CREATE TABLE jobs (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  job TEXT NOT NULL,
  paused_at BIGINT,
  schedule TEXT,
  missed TEXT CHECK (missed IN ('run_once', 'skip')),
  plan TEXT NOT NULL,
  next_at BIGINT,
  failures BIGINT NOT NULL DEFAULT 0 CHECK (failures >= 0),
  PRIMARY KEY (org_id, job)
);

CREATE TABLE leaders (
  role TEXT NOT NULL PRIMARY KEY,
  boot_id TEXT NOT NULL,
  token BIGINT NOT NULL CHECK (token > 0),
  taken_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE TABLE ledger_ids (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  model TEXT NOT NULL,
  next_id BIGINT NOT NULL CHECK (next_id > 1),
  PRIMARY KEY (org_id, model)
);

CREATE TABLE ledger_users (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  id BIGINT NOT NULL CHECK (id > 0),
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL CHECK (name_key <> ''),
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, name_key)
);

CREATE TABLE limit_waivers (
  org_id TEXT NOT NULL,
  action_id TEXT NOT NULL,
  revision BIGINT NOT NULL,
  waived_by TEXT NOT NULL,
  waived_at BIGINT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (org_id, action_id, revision),
  FOREIGN KEY (org_id, action_id) REFERENCES actions (org_id, action_id)
);

CREATE TABLE "live_records" (
  org_id TEXT NOT NULL,
  delivery TEXT NOT NULL,
  action_type TEXT NOT NULL,
  model TEXT NOT NULL,
  record_id BIGINT NOT NULL,
  action_id TEXT NOT NULL,
  PRIMARY KEY (org_id, delivery, action_type, model, record_id),
  FOREIGN KEY (org_id, action_id) REFERENCES actions (org_id, action_id)
) WITHOUT ROWID;

CREATE TABLE login_failures (
  key TEXT NOT NULL PRIMARY KEY CHECK (LENGTH(key) = 64),
  failures BIGINT NOT NULL CHECK (failures > 0),
  last_at BIGINT NOT NULL
);

CREATE TABLE memberships (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  person_id TEXT NOT NULL REFERENCES persons (person_id),
  role TEXT NOT NULL CHECK (role <> ''),
  PRIMARY KEY (org_id, person_id, role)
);

CREATE TABLE notes (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  id BIGINT NOT NULL CHECK (id > 0),
  res_model TEXT NOT NULL,
  res_id BIGINT NOT NULL CHECK (res_id > 0),
  subtype TEXT NOT NULL CHECK (subtype IN ('comment', 'notification')),
  body TEXT NOT NULL CHECK (body <> ''),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);

CREATE TABLE orgs (
  org_id TEXT NOT NULL PRIMARY KEY CHECK (org_id <> ''),
  mode TEXT NOT NULL CHECK (mode IN ('sandbox', 'live')),
  name TEXT NOT NULL,
  legal_name TEXT NOT NULL,
  postal_address TEXT,
  country TEXT NOT NULL,
  zone TEXT NOT NULL,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  locale TEXT NOT NULL,
  window_start TEXT NOT NULL,
  window_end TEXT NOT NULL,
  window_days TEXT NOT NULL,
  sender TEXT,
  reply_to TEXT,
  sms_sender TEXT,
  smtp2go_key TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE outreach (
  org_id TEXT NOT NULL,
  action_id TEXT NOT NULL,
  revision BIGINT NOT NULL,
  call BIGINT NOT NULL,
  channel TEXT NOT NULL,
  partner_id BIGINT,
  scope TEXT,
  delivery TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('reserved', 'sent', 'released')),
  at BIGINT NOT NULL, audience TEXT NOT NULL DEFAULT 'customer'
  CHECK (audience IN ('customer', 'internal')), month BIGINT NOT NULL DEFAULT 0, cost BIGINT NOT NULL DEFAULT 0, counts BIGINT NOT NULL DEFAULT 1 CHECK (counts IN (0, 1)),
  PRIMARY KEY (org_id, action_id, revision, call)
);

CREATE TABLE "outreach_addresses" (
  org_id TEXT NOT NULL,
  address TEXT NOT NULL,
  channel TEXT NOT NULL,
  delivery TEXT NOT NULL,
  at BIGINT NOT NULL,
  action_id TEXT NOT NULL,
  revision BIGINT NOT NULL,
  call BIGINT NOT NULL,
  counts BIGINT NOT NULL DEFAULT 1 CHECK (counts IN (0, 1)), domain TEXT,
  PRIMARY KEY (org_id, address, channel, delivery, at, action_id, revision, call)
) WITHOUT ROWID;

CREATE TABLE "outreach_counters" (
  org_id TEXT NOT NULL,
  counter TEXT NOT NULL,
  channel TEXT NOT NULL,
  delivery TEXT NOT NULL,
  at BIGINT NOT NULL,
  action_id TEXT NOT NULL,
  revision BIGINT NOT NULL,
  call BIGINT NOT NULL,
  counts BIGINT NOT NULL DEFAULT 1 CHECK (counts IN (0, 1)),
  PRIMARY KEY (org_id, counter, delivery, at, action_id, revision, call)
) WITHOUT ROWID;

CREATE TABLE outreach_spending (
  org_id TEXT NOT NULL,
  delivery TEXT NOT NULL,
  channel TEXT NOT NULL,
  month BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (org_id, delivery, channel, month)
);

CREATE TABLE outreach_turns (
  org_id TEXT NOT NULL,
  lane TEXT NOT NULL,
  next_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, lane)
);

CREATE TABLE partner_aliases (
  org_id TEXT NOT NULL,
  partner_id BIGINT NOT NULL,
  root_id BIGINT NOT NULL CHECK (root_id <> partner_id),
  PRIMARY KEY (org_id, partner_id)
);

CREATE TABLE partners (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  id BIGINT NOT NULL CHECK (id > 0),
  kind TEXT NOT NULL CHECK (kind IN ('partner', 'contact')),
  external_id TEXT NOT NULL CHECK (external_id <> ''),
  parent_id BIGINT CHECK (parent_id <> id),
  name TEXT NOT NULL CHECK (name <> ''),
  email TEXT CHECK (email <> ''),
  phone TEXT CHECK (phone LIKE '+%'),
  country TEXT CHECK (length(country) = 2),
  zone TEXT CHECK (zone <> ''),
  language TEXT CHECK (language <> ''),
  role TEXT CHECK (role <> ''),
  is_active BIGINT NOT NULL CHECK (is_active IN (0, 1)),
  is_blacklisted BIGINT NOT NULL CHECK (is_blacklisted IN (0, 1)),
  never_remind BIGINT NOT NULL CHECK (never_remind IN (0, 1)),
  reminders_stopped BIGINT NOT NULL DEFAULT 0 CHECK (reminders_stopped IN (0, 1)),
  as_of BIGINT NOT NULL,
  updated_at BIGINT NOT NULL, user_id BIGINT CHECK (user_id > 0), is_disputed BIGINT NOT NULL DEFAULT 0
  CHECK (is_disputed IN (0, 1)), gone_at BIGINT,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, kind, external_id),
  FOREIGN KEY (org_id, parent_id) REFERENCES partners (org_id, id),
  CHECK ((kind = 'contact') = (parent_id IS NOT NULL))
);

CREATE TABLE passkey_challenges (
  challenge BLOB NOT NULL PRIMARY KEY CHECK (LENGTH(challenge) >= 32),
  person_id TEXT NOT NULL REFERENCES persons (person_id),
  purpose TEXT NOT NULL CHECK (purpose IN ('register', 'approve')),
  action_digest TEXT,
  expires_at BIGINT NOT NULL,
  CHECK ((purpose = 'approve') = (action_digest IS NOT NULL))
);

CREATE TABLE passkeys (
  credential_id BLOB NOT NULL PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES persons (person_id),
  name TEXT NOT NULL CHECK (name <> ''),
  public_key BLOB NOT NULL CHECK (LENGTH(public_key) = 65),
  sign_count BIGINT NOT NULL CHECK (sign_count >= 0),
  created_at BIGINT NOT NULL,
  last_used_at BIGINT
);

CREATE TABLE payment_confirmations (
  org_id TEXT NOT NULL,
  payment_id BIGINT NOT NULL CHECK (payment_id > 0),
  action_id TEXT NOT NULL,
  PRIMARY KEY (org_id, payment_id, action_id),
  FOREIGN KEY (org_id, action_id) REFERENCES actions (org_id, action_id)
) WITHOUT ROWID;

CREATE TABLE person_passwords (
  person_id TEXT NOT NULL PRIMARY KEY REFERENCES persons (person_id),
  salt BLOB NOT NULL CHECK (LENGTH(salt) >= 16),
  hash BLOB NOT NULL CHECK (LENGTH(hash) >= 32),
  rounds BIGINT NOT NULL CHECK (rounds > 1),
  block_size BIGINT NOT NULL CHECK (block_size > 0),
  parallelism BIGINT NOT NULL CHECK (parallelism > 0),
  changed_at BIGINT NOT NULL
);

CREATE TABLE persons (
  person_id TEXT NOT NULL PRIMARY KEY CHECK (person_id <> '' AND person_id NOT LIKE '%:%'),
  name TEXT NOT NULL CHECK (name <> ''),
  email TEXT CHECK (email LIKE '%@%'),
  is_active BIGINT NOT NULL CHECK (is_active IN (0, 1)),
  created_at BIGINT NOT NULL
, phone TEXT CHECK (phone <> ''));

CREATE TABLE persons_told (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  person_id TEXT NOT NULL REFERENCES persons (person_id),
  told_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, person_id)
) WITHOUT ROWID;

CREATE TABLE policy_cap_counts (
  org_id TEXT NOT NULL,
  rule TEXT NOT NULL,
  counted TEXT NOT NULL,
  at BIGINT NOT NULL,
  action_id TEXT NOT NULL,
  revision BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (org_id, rule, counted, at, action_id, revision)
);

CREATE TABLE policy_decisions (
  org_id TEXT NOT NULL,
  action_id TEXT NOT NULL,
  revision BIGINT NOT NULL CHECK (revision > 0),
  version BIGINT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('deny', 'require', 'auto')),
  facts TEXT NOT NULL,
  winning TEXT NOT NULL,
  shadow TEXT CHECK (shadow IN ('deny', 'require', 'auto')),
  partner TEXT,
  recipient TEXT,
  proposer TEXT NOT NULL,
  amount BIGINT,
  at BIGINT NOT NULL,
  PRIMARY KEY (org_id, action_id, revision, version),
  FOREIGN KEY (org_id, action_id) REFERENCES actions (org_id, action_id),
  FOREIGN KEY (org_id, version) REFERENCES policy_versions (org_id, number)
);

CREATE TABLE policy_versions (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  number BIGINT NOT NULL CHECK (number > 0),
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  document TEXT NOT NULL,
  author TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  source TEXT NOT NULL CHECK (source <> ''),
  difference TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (org_id, number)
);

CREATE TABLE projects (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  id BIGINT NOT NULL CHECK (id > 0),
  name TEXT NOT NULL CHECK (name <> ''),
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, name)
);

CREATE TABLE provider_events (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  event_id TEXT NOT NULL,
  webhook_id TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('new', 'waiting', 'done')),
  look_at BIGINT NOT NULL,
  looks BIGINT NOT NULL DEFAULT 0,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  channel TEXT NOT NULL,
  provider_id TEXT,
  operation TEXT,
  recipient TEXT,
  recipient_digest TEXT,
  occurred_at BIGINT,
  mail_message_id TEXT,
  code TEXT,
  attribution TEXT,
  action_id TEXT,
  revision BIGINT,
  call BIGINT,
  body BLOB,
  PRIMARY KEY (org_id, event_id),
  CHECK (state <> 'done' OR attribution IS NOT NULL),
  CHECK (action_id IS NULL OR state = 'done')
);

CREATE TABLE remarks (
  org_id TEXT NOT NULL,
  action_id TEXT NOT NULL,
  number BIGINT NOT NULL CHECK (number > 0),
  kind TEXT NOT NULL CHECK (kind IN ('comment', 'question', 'answer')),
  by_whom TEXT NOT NULL,
  for_whom TEXT,
  words TEXT NOT NULL CHECK (words <> ''),
  revision BIGINT NOT NULL CHECK (revision > 0),
  at BIGINT NOT NULL,
  PRIMARY KEY (org_id, action_id, number),
  FOREIGN KEY (org_id, action_id) REFERENCES actions (org_id, action_id),
  CHECK ((kind = 'question') = (for_whom IS NOT NULL))
);

CREATE TABLE replays (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  author TEXT NOT NULL,
  replay_key TEXT NOT NULL CHECK (replay_key <> ''),
  request TEXT NOT NULL CHECK (LENGTH(request) = 64),
  begun_at BIGINT NOT NULL,
  status BIGINT CHECK (status BETWEEN 200 AND 299),
  media_type TEXT,
  body BLOB,
  PRIMARY KEY (org_id, author, replay_key),
  CHECK ((status IS NULL) = (media_type IS NULL) AND (status IS NULL) = (body IS NULL))
);

CREATE TABLE roles (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  name TEXT NOT NULL
    CHECK (name NOT IN ('', 'owner', 'finance', 'sales', 'approver', 'viewer')),
  rights TEXT NOT NULL CHECK (rights <> ''),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, name)
);

CREATE TABLE rule_notices (
  org_id TEXT NOT NULL,
  action_id TEXT NOT NULL,
  moment TEXT NOT NULL CHECK (moment IN ('before', 'after')),
  role TEXT NOT NULL CHECK (role <> ''),
  channel TEXT NOT NULL CHECK (channel IN ('email', 'sms')),
  at BIGINT NOT NULL,
  PRIMARY KEY (org_id, action_id, moment, role, channel),
  FOREIGN KEY (org_id, action_id) REFERENCES actions (org_id, action_id)
) WITHOUT ROWID;

CREATE TABLE sender_identities (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  sender_id TEXT NOT NULL CHECK (sender_id <> '' AND sender_id <> 'org'),
  mailbox TEXT NOT NULL CHECK (mailbox <> ''),
  reply_to TEXT CHECK (reply_to <> ''),
  sms_sender TEXT CHECK (sms_sender LIKE '+%'),
  user_id BIGINT NOT NULL CHECK (user_id >= 0),
  user_name TEXT CHECK (user_name <> ''),
  standing TEXT NOT NULL CHECK (standing IN ('unknown', 'verified', 'unverified')),
  checked_at BIGINT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, sender_id),
  CHECK ((user_id = 0) = (user_name IS NULL)),
  CHECK (standing = 'unknown' OR checked_at IS NOT NULL)
);

CREATE TABLE sender_purposes (
  org_id TEXT NOT NULL,
  user_id BIGINT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose <> ''),
  sender_id TEXT NOT NULL,
  PRIMARY KEY (org_id, user_id, purpose),
  FOREIGN KEY (org_id, sender_id) REFERENCES sender_identities (org_id, sender_id)
);

CREATE TABLE sessions (
  digest TEXT NOT NULL PRIMARY KEY CHECK (LENGTH(digest) = 64),
  person_id TEXT NOT NULL REFERENCES persons (person_id),
  place TEXT NOT NULL CHECK (place IN ('web', 'cli')),
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL
);

CREATE TABLE settings (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (org_id, key)
);

CREATE TABLE settlements (
  org_id TEXT NOT NULL,
  id BIGINT NOT NULL CHECK (id > 0),
  kind TEXT NOT NULL CHECK (kind IN ('payment', 'credit')),
  external_id TEXT NOT NULL CHECK (external_id <> ''),
  invoice_id BIGINT,
  partner_id BIGINT NOT NULL,
  amount_minor BIGINT NOT NULL,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  settled_on BIGINT NOT NULL,
  known_since BIGINT NOT NULL,
  as_of BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, kind, external_id),
  FOREIGN KEY (org_id, invoice_id) REFERENCES invoices (org_id, id),
  FOREIGN KEY (org_id, partner_id) REFERENCES partners (org_id, id)
);

CREATE TABLE "stages" (
  org_id TEXT NOT NULL,
  action_id TEXT NOT NULL,
  revision BIGINT NOT NULL,
  call BIGINT NOT NULL,
  stage TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  microseconds BIGINT NOT NULL,
  result TEXT NOT NULL,
  detail TEXT,
  PRIMARY KEY (org_id, action_id, revision, call, stage)
) WITHOUT ROWID;

CREATE TABLE stop_acknowledgements (
  boot_id TEXT NOT NULL PRIMARY KEY REFERENCES boots (boot_id),
  number BIGINT NOT NULL,
  in_flight TEXT NOT NULL,
  at BIGINT NOT NULL
);

CREATE TABLE stop_board (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
  number BIGINT NOT NULL CHECK (number >= 0),
  scopes TEXT NOT NULL
);

CREATE TABLE stops (
  scope TEXT NOT NULL PRIMARY KEY CHECK (scope <> ''),
  number BIGINT NOT NULL CHECK (number > 0),
  at BIGINT NOT NULL,
  stopped_by TEXT NOT NULL,
  via TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  cause TEXT NOT NULL CHECK (cause IN ('person', 'restored')),
  known_until BIGINT
);

CREATE TABLE suppression_syncs (
  org_id TEXT NOT NULL PRIMARY KEY REFERENCES orgs (org_id),
  pull_code TEXT,
  push_code TEXT,
  looked_at BIGINT NOT NULL,
  whole_at BIGINT,
  listed BIGINT NOT NULL
);

CREATE TABLE suppressions (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  suppression_id TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('email', 'sms')),
  address TEXT NOT NULL,
  scope TEXT NOT NULL CHECK (scope <> ''),
  reason TEXT NOT NULL,
  source TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  evidence TEXT,
  address_text TEXT,
  removed_at BIGINT, pushed_at BIGINT,
  PRIMARY KEY (org_id, suppression_id)
);

CREATE TABLE sync_cursors (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  kind TEXT NOT NULL,
  place TEXT NOT NULL CHECK (place IN ('all', 'changes', 'second')),
  second BIGINT NOT NULL,
  after_id BIGINT NOT NULL,
  newest BIGINT NOT NULL,
  basis TEXT NOT NULL,
  moved_at BIGINT NOT NULL,
  is_settled BIGINT NOT NULL CHECK (is_settled IN (0, 1)),
  confirmed_at BIGINT,
  checked_at BIGINT,
  version BIGINT NOT NULL CHECK (version > 0),
  PRIMARY KEY (org_id, kind)
);

CREATE TABLE task_stages (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  id BIGINT NOT NULL CHECK (id > 0),
  name TEXT NOT NULL CHECK (name <> ''),
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, name)
);

CREATE TABLE tasks (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  id BIGINT NOT NULL CHECK (id > 0),
  origin TEXT NOT NULL CHECK (origin IN ('source', 'aiom')),
  external_id TEXT NOT NULL CHECK (external_id <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  description TEXT,
  project_id BIGINT,
  stage_id BIGINT NOT NULL,
  due_on BIGINT,
  priority TEXT NOT NULL CHECK (priority IN ('0', '1', '2', '3')),
  partner_id BIGINT,
  user_id BIGINT CHECK (user_id > 0),
  is_done BIGINT NOT NULL CHECK (is_done IN (0, 1)),
  as_of BIGINT NOT NULL,
  updated_at BIGINT NOT NULL, gone_at BIGINT,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, origin, external_id),
  FOREIGN KEY (org_id, project_id) REFERENCES projects (org_id, id),
  FOREIGN KEY (org_id, stage_id) REFERENCES task_stages (org_id, id),
  FOREIGN KEY (org_id, partner_id) REFERENCES partners (org_id, id)
);

CREATE TABLE timers (
  org_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  due BIGINT NOT NULL,
  PRIMARY KEY (org_id, kind, subject)
);

CREATE TABLE unsubscribe_links (
  org_id TEXT NOT NULL,
  action_id TEXT NOT NULL,
  revision BIGINT NOT NULL,
  call BIGINT NOT NULL,
  token_digest TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('email', 'sms')),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, action_id, revision, call)
) WITHOUT ROWID;

CREATE TABLE webhooks (
  org_id TEXT NOT NULL REFERENCES orgs (org_id),
  webhook_id TEXT NOT NULL,
  scheme TEXT NOT NULL CHECK (scheme IN ('bearer', 'basic')),
  token_digest TEXT NOT NULL,
  authorization_digest TEXT NOT NULL,
  vendor_id TEXT,
  created_at BIGINT NOT NULL,
  removed_at BIGINT,
  PRIMARY KEY (org_id, webhook_id)
);

CREATE TRIGGER action_revisions_no_delete BEFORE DELETE ON action_revisions
BEGIN SELECT RAISE(ABORT, 'action_revisions is append-only'); END;

CREATE TRIGGER action_revisions_no_update BEFORE UPDATE ON action_revisions
BEGIN SELECT RAISE(ABORT, 'action_revisions is append-only'); END;

CREATE TRIGGER approval_entries_no_delete BEFORE DELETE ON approval_entries
BEGIN SELECT RAISE(ABORT, 'approval_entries is append-only'); END;

CREATE TRIGGER approval_entries_no_update BEFORE UPDATE ON approval_entries
BEGIN SELECT RAISE(ABORT, 'approval_entries is append-only'); END;

CREATE TRIGGER approval_requests_no_delete BEFORE DELETE ON approval_requests
BEGIN SELECT RAISE(ABORT, 'approval_requests is append-only'); END;

CREATE TRIGGER approval_requests_no_update BEFORE UPDATE ON approval_requests
BEGIN SELECT RAISE(ABORT, 'approval_requests is append-only'); END;

CREATE TRIGGER approval_resolutions_no_delete BEFORE DELETE ON approval_resolutions
BEGIN SELECT RAISE(ABORT, 'approval_resolutions is append-only'); END;

CREATE TRIGGER approval_resolutions_no_update BEFORE UPDATE ON approval_resolutions
BEGIN SELECT RAISE(ABORT, 'approval_resolutions is append-only'); END;

CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only'); END;

CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only'); END;

CREATE TRIGGER audit_private_no_update BEFORE UPDATE ON audit_private
BEGIN SELECT RAISE(ABORT, 'audit_private is append-only'); END;

CREATE TRIGGER collection_hold_ends_no_delete BEFORE DELETE ON collection_hold_ends
BEGIN SELECT RAISE(ABORT, 'collection_hold_ends is append-only'); END;

CREATE TRIGGER collection_hold_ends_no_update BEFORE UPDATE ON collection_hold_ends
BEGIN SELECT RAISE(ABORT, 'collection_hold_ends is append-only'); END;

CREATE TRIGGER collection_holds_no_delete BEFORE DELETE ON collection_holds
BEGIN SELECT RAISE(ABORT, 'collection_holds is append-only'); END;

CREATE TRIGGER collection_holds_no_update BEFORE UPDATE ON collection_holds
BEGIN SELECT RAISE(ABORT, 'collection_holds is append-only'); END;

CREATE TRIGGER evidence_no_delete BEFORE DELETE ON evidence
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;

CREATE TRIGGER evidence_no_update BEFORE UPDATE ON evidence
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;

CREATE TRIGGER policy_decisions_no_delete BEFORE DELETE ON policy_decisions
BEGIN SELECT RAISE(ABORT, 'policy_decisions is append-only'); END;

CREATE TRIGGER policy_decisions_no_update BEFORE UPDATE ON policy_decisions
BEGIN SELECT RAISE(ABORT, 'policy_decisions is append-only'); END;

CREATE TRIGGER policy_versions_no_delete BEFORE DELETE ON policy_versions
BEGIN SELECT RAISE(ABORT, 'policy_versions is append-only'); END;

CREATE TRIGGER policy_versions_no_update BEFORE UPDATE ON policy_versions
BEGIN SELECT RAISE(ABORT, 'policy_versions is append-only'); END;

CREATE TRIGGER remarks_no_update BEFORE UPDATE ON remarks
BEGIN SELECT RAISE(ABORT, 'remarks is append-only'); END;
