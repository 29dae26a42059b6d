using System.Globalization;
using Dapper;
using Npgsql;
using Support.Tenants;

namespace Support.Bench.Speed.Scale;

/// <summary>
/// A desk that has been at work for a year, made in SQL: companies of very different size (the largest has the cube root's share,
/// of a thousand companies a tenth of all conversations), each with staff, documents and open tickets. Rows of one conversation lie
/// far apart, as they do when a thousand companies write at the same time.
/// </summary>
internal sealed record ScaleWorld(int Tenants, int Conversations)
{
    public const string MasterKey = "c2NhbGUgbWFzdGVyIGtleSBzY2FsZSBtYXN0ZXIga2V5IQ==";

    /// <summary>One and a half for each conversation; every twelfth became a ticket.</summary>
    public int Questions => Conversations * 3 / 2;

    public int Tickets => Questions / 12;

    private int Documents => Tenants * 30;

    /// <summary>As the superuser, whom row-level security does not hold, into an empty database in its newest shape.</summary>
    public async Task FillAsync(NpgsqlConnection connection, TextWriter progress, CancellationToken cancellation)
    {
        await ExecuteAsync(connection, Preparation, cancellation);
        var token = new SecretBox(MasterKey).Close("1:SCALE");
        await connection.ExecuteAsync(new CommandDefinition(Companies, new { tenants = Tenants, token }, commandTimeout: 0, cancellationToken: cancellation));
        foreach (var (what, sql) in new[] { ("customers", Customers), ("questions", Questioned), ("tickets", Ticketed), ("documents", Documented), ("what waits", Waiting), ("statistics", "vacuum analyze") })
        {
            await progress.WriteLineAsync($"scale: making {what} of {Tenants} companies");
            await ExecuteAsync(connection, sql, cancellation);
        }
    }

    private Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        var numbers = new Dictionary<string, int> { [":tenants"] = Tenants, [":conversations"] = Conversations, [":questions"] = Questions, [":tickets"] = Tickets, [":documents"] = Documents };
        var filled = numbers.Aggregate(sql, (text, number) => text.Replace(number.Key, number.Value.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        return connection.ExecuteAsync(new CommandDefinition(filled, commandTimeout: 0, cancellationToken: cancellation));
    }

    // Nothing refers to what is not there, so the checks of references may be spared. Rows are numbered below; what comes later goes on above.
    private const string Preparation =
        """
        set session_replication_role = replica;
        set synchronous_commit = off;
        select setval(pg_get_serial_sequence(t, 'id'), 1000000000) from unnest(array['conversation', 'message', 'question', 'ticket', 'ticket_event', 'outbox', 'document', 'chunk']) t;
        create function pg_temp.share(number bigint) returns double precision language sql immutable as
            $$ select ((number * 2654435761) % 4294967296) / 4294967296.0 $$;
        create function pg_temp.tenant_of(number bigint) returns int language sql immutable as
            $$ select 1 + floor(:tenants * power(pg_temp.share(number), 3))::int $$;
        """;

    private const string Companies =
        """
        create temporary table company as
            select n, md5('company ' || n)::uuid as id, 5000000 + n as bot, -1000000000000 - n as admins from generate_series(1, @tenants) n;
        alter table company add primary key (n);
        insert into tenant (id, name, knowledge_change) select id, 'company ' || n, 100 from company;
        insert into bot (id, tenant_id, username, token, admins_chat_id) select bot, id, 'company_' || n || '_bot', @token, admins from company;
        insert into chat (tenant_id, bot_id, id, kind, title) select id, bot, admins, 2, 'Support' from company;
        insert into person (tenant_id, id, name, language, is_owner, is_admin, is_editor, started_at)
            select id, 900000000 + n * 10 + k, 'Colleague ' || k, 'en', k = 0, k between 1 and 3, k = 4, now() - interval '1 year' from company, generate_series(0, 4) k;
        insert into setting (tenant_id, key, value) select id, 'threshold', '0.6' from company where n % 3 = 0;
        insert into usage_day (tenant_id, day, what, slot, count)
            select id, current_date - day, what, slot, 3 from company, generate_series(1, 60) day, unnest(array['answer', 'ask_back', 'escalate']) what, generate_series(0, 3) slot;
        """;

    private const string Customers =
        """
        insert into conversation (id, tenant_id, bot_id, chat_id, person_id, language, created_at) overriding system value
            select g, t.id, t.bot, 10000000 + g, 10000000 + g, case when g % 3 = 0 then 'ru' else 'en' end, now() - interval '1 year' * (1 - g / :conversations.0)
            from generate_series(1, :conversations) g join company t on t.n = pg_temp.tenant_of(g);
        insert into person (tenant_id, id, name, username, language, started_at)
            select tenant_id, person_id, 'Customer ' || id, case when id % 2 = 0 then 'customer_' || id end, language, created_at from conversation;
        insert into chat (tenant_id, bot_id, id, kind, gone_since, gone_why)
            select tenant_id, bot_id, chat_id, 0, now(), 'Forbidden: bot was blocked by the user' from conversation where id % 50 = 0;
        insert into update_seen (bot_id, update_id, at) select bot_id, id, now() - interval '3 days' * (1 - id / :conversations.0) from conversation;
        """;

    private const string Questioned =
        """
        create temporary table trace as
            select n, (select jsonb_agg(jsonb_build_object('chunk', n * 10 + p, 'document', n, 'version', 1, 'source', 'guide-' || n || '.md', 'title', 'Section ' || p || ' of guide ' || n, 'link', null, 'score', 12.5 - p, 'staff', false))
                       from generate_series(0, 9) p) as passages,
                   (select jsonb_object_agg('feature_' || f, round((f * 0.137 + n * 0.0001)::numeric, 5)) from generate_series(1, 20) f) as features
            from generate_series(0, 499) n;
        insert into question (id, tenant_id, conversation_id, text, language, decision, reason, confidence, answer, passages, features, asked_at, answered_at) overriding system value
            select q, c.tenant_id, c.id, 'How do I return order ' || q || ' and when is the money back on my card?', c.language, case when q % 12 = 0 then 'escalate' else 'answer' end,
                   case when q % 12 = 0 then 'low_confidence' end, 0.7, repeat('The money comes back to the card within three working days. ', 4), trace.passages, trace.features, at, at
            from generate_series(1, :questions) q join conversation c on c.id = 1 + (q::bigint * 7919) % :conversations join trace on trace.n = q % 500,
                 lateral (select now() - interval '1 year' * (1 - q / (:questions + 1.0)) as at) moment;
        insert into message (id, tenant_id, bot_id, chat_id, message_id, conversation_id, direction, text, question_id, ticket_id, purpose, sent_at) overriding system value
            select q * 2 - 1 + direction, c.tenant_id, c.bot_id, c.chat_id, q * 2 - 1 + direction, c.id, direction, repeat('How do I return an order? ', 3 + direction * 8), q,
                   case when q % 12 = 0 then q / 12 end, case when direction = 1 then case when q % 12 = 0 then 'notice' else 'answer' end end, now() - interval '1 year' * (1 - q / (:questions + 1.0))
            from generate_series(1, :questions) q join conversation c on c.id = 1 + (q::bigint * 7919) % :conversations, generate_series(0, 1) direction;
        insert into outbox (id, tenant_id, bot_id, chat_id, conversation_id, question_id, purpose, body, state, attempts, due_at, created_at, sent_at, sent_message_id) overriding system value
            select q, tenant_id, bot_id, chat_id, conversation_id, q, purpose, jsonb_build_object('kind', 'text', 'html', text, 'keyboard', jsonb_build_object('rows', '[]'::jsonb)), 2, 1, sent_at, sent_at, sent_at, message_id
            from message, lateral (select id / 2 as q) of where direction = 1;
        """;

    private const string Ticketed =
        """
        insert into ticket (id, tenant_id, number, bot_id, conversation_id, question_id, state, reason, language, question, draft, taken_by, card_chat_id, card_message_id, opened_at, closed_at) overriding system value
            select k, c.tenant_id, row_number() over (partition by c.tenant_id order by k), c.bot_id, c.id, k * 12, state, 'low_confidence', c.language, 'How do I return an order?', 'Within 14 days.',
                   case when state = 'open' then null else 900000000 + (c.bot_id - 5000000) * 10 + 1 end, b.admins_chat_id, 100000000 + k, now() - interval '1 year' * (1 - k / (:tickets + 1.0)),
                   case when state = 'closed' then now() end
            from generate_series(1, :tickets) k join conversation c on c.id = 1 + (k * 12 * 7919::bigint) % :conversations join bot b on b.id = c.bot_id,
                 lateral (select case when k < :tickets * 0.97 then 'closed' when k % 2 = 0 then 'taken' else 'open' end as state) now_is;
        insert into ticket_number (tenant_id, last) select tenant_id, max(number) from ticket group by tenant_id;
        insert into ticket_event (tenant_id, ticket_id, kind, at) select tenant_id, id, kind, opened_at from ticket, unnest(array['opened', 'taken', 'closed']) kind;
        insert into message (tenant_id, bot_id, chat_id, message_id, conversation_id, direction, ticket_id, purpose, sent_at)
            select tenant_id, bot_id, card_chat_id, card_message_id, conversation_id, 1, id, 'card', opened_at from ticket;
        update conversation c set ticket_id = t.id from ticket t where t.conversation_id = c.id and t.state <> 'closed';
        """;

    private const string Documented =
        """
        insert into document (id, tenant_id, name, audience, published_version, change, created_at) overriding system value
            select d, t.id, 'guides/guide-' || d || '.md', case when d % 10 = 0 then 1 else 0 end, 1, 1 + d % 100, now() from generate_series(1, :documents) d join company t on t.n = pg_temp.tenant_of(d);
        insert into document_version (tenant_id, document_id, version, hash, bytes, audience, state, uploaded_by, created_at)
            select tenant_id, id, 1, decode(md5(id::text), 'hex'), convert_to(repeat('A guide says how something is done. ', 120), 'utf8'), audience, 'published', 'http', now() from document;
        insert into chunk (tenant_id, document_id, version, ordinal, record, source, title, text, hash)
            select tenant_id, id, 1, ordinal, '', name, 'Section ' || ordinal, repeat('A guide says how something is done. ', 20), decode(md5(id || ' ' || ordinal), 'hex') from document, generate_series(0, 9) ordinal;
        """;

    // What is under way at any moment; a tenth of it has lost its wake-up.
    private const string Waiting =
        """
        update conversation set due_at = case when id % 10 = 0 then now() - interval '1 minute' else now() + interval '1 day' end, burst_began_at = now() where id <= 200;
        insert into outbox (tenant_id, bot_id, chat_id, conversation_id, purpose, body, due_at, created_at)
            select tenant_id, bot_id, chat_id, id, 'notice', '{"kind":"text","html":"A moment, please."}', case when id % 10 = 0 then now() - interval '1 minute' else now() + interval '1 day' end, now()
            from conversation where id between 201 and 400;
        insert into document_version (tenant_id, document_id, version, hash, bytes, audience, state, uploaded_by, created_at)
            select tenant_id, id, 2, '', 'A new guide.', audience, 'queued', 'http', now() - interval '1 minute' from document where id <= 10;
        """;

}
