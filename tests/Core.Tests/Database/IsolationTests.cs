using Dapper;
using Npgsql;
using Support.Contracts;
using Support.Database;
using Support.Tenants;

namespace Support.Tests.Database;

/// <summary>Nobody reads or writes another tenant's rows. The catalog is asked, so that a table made tomorrow without its policy fails here.</summary>
public sealed class IsolationTests
{
    private static readonly string[] DeskTables = ["dead_letter", "job", "kept_body", "lease", "migration", "update_seen"];

    /// <summary>One row for each table, in an order in which each finds what it refers to.</summary>
    private static readonly IReadOnlyDictionary<string, string> Rows = new Dictionary<string, string>
    {
        ["person"] = "(tenant_id, id) values (@tenant, 1)",
        ["chat"] = "(tenant_id, bot_id, id, kind) values (@tenant, 1, 1, 0)",
        ["conversation"] = "(tenant_id, bot_id, chat_id, person_id) values (@tenant, 1, 1, 1)",
        ["message"] = "(tenant_id, bot_id, chat_id, message_id, direction, text, sent_at) values (@tenant, 1, 1, 1, 0, 'words', now())",
        ["pending_edit"] = "(tenant_id, bot_id, chat_id, message_id, at) values (@tenant, 1, 1, 1, now())",
        ["question"] = "(tenant_id, conversation_id, text, language, decision, asked_at, answered_at) select @tenant, id, '', 'en', 'answer', now(), now() from conversation",
        ["ticket"] = "(tenant_id, number, bot_id, conversation_id, reason, language, question, opened_at) select @tenant, 1, 1, id, 'limit', 'en', '', now() from conversation",
        ["ticket_event"] = "(tenant_id, ticket_id, kind, at) select @tenant, id, 'opened', now() from ticket",
        ["ticket_number"] = "(tenant_id, last) values (@tenant, 1)",
        ["outbox"] = "(tenant_id, bot_id, chat_id, purpose, body, due_at, created_at) values (@tenant, 1, 1, 'notice', '{}', now(), now())",
        ["document"] = "(tenant_id, name, audience, created_at) values (@tenant, 'guide.md', 0, now())",
        ["document_version"] = "(tenant_id, document_id, version, hash, bytes, audience, state, uploaded_by, created_at) select @tenant, id, 1, '', '', 0, 'published', 'http', now() from document",
        ["chunk"] = "(tenant_id, document_id, version, ordinal, record, source, title, text, hash) select @tenant, id, 1, 1, '', '', '', '', '' from document",
        ["awaited_file"] = "(tenant_id, bot_id, person_id, document_id, until) select @tenant, 1, 1, id, now() from document",
        ["setting"] = "(tenant_id, key, value) values (@tenant, 'threshold', '1')",
        ["audit"] = "(tenant_id, at, action, subject) values (@tenant, now(), 'forget', 'customer')",
        ["weekly_report"] = "(tenant_id, week, figures, sent, made_at) values (@tenant, '2026-03-02', '{}', true, now())",
        ["source"] = "(tenant_id, name, url, audience, checked_at) values (@tenant, 'prices.md', 'https://example.com', 0, now())",
        ["knowledge_statistics"] = "(tenant_id, shape) values (@tenant, 1)",
        ["knowledge_stem"] = "(tenant_id, stem, chunks) values (@tenant, 'lamp', 1)",
        ["knowledge_gram"] = "(tenant_id, gram, chunks) values (@tenant, 1, 1)",
        ["knowledge_pair"] = "(tenant_id, pair, chunks) values (@tenant, 1, 1)",
        ["knowledge_word"] = "(tenant_id, word, length, letters, times) values (@tenant, 'lamp', 4, 1, 1)",
        ["label"] = "(tenant_id, question, question_hash, passage_hash, verdict, source, at) values (@tenant, '', '', '', 1, 'round', now())",
        ["model_call"] = "(tenant_id, use_id, role, model, prompt_tokens, cached_tokens, completion_tokens, cost, ms, at) values (@tenant, gen_random_uuid(), 'Answer', 'm', 1, 0, 1, 0, 1, now())",
        ["model_day"] = "(tenant_id, day) values (@tenant, current_date)",
        ["chunk_vector"] = "(tenant_id, model, length, hash, change) values (@tenant, 'm', 1, '', 1)",
        ["chunk_questions"] = "(tenant_id, hash, model, questions) values (@tenant, '', 'm', '{}')",
        ["answer_cache"] = "(tenant_id, key, models, answer, chunks, documents, versions, ranking, verdicts, at) values (@tenant, '', 'm', 'a', '{}', '{}', '{}', '{}', '{}', now())",
        ["usage_day"] = "(tenant_id, day, what) values (@tenant, current_date, 'answer')",
    };

    private const string GuardedTables =
        """
        select c.relname from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity and c.relforcerowsecurity
          and exists (select from pg_policy p where p.polrelid = c.oid and p.polcmd = '*' and pg_get_expr(p.polqual, p.polrelid) like '%support.tenant%')
        """;

    private const string AllTables = "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')";

    [Fact]
    public async Task Every_table_is_either_guarded_row_by_row_or_the_desks_alone()
    {
        await using var database = await MigratedDatabase.OpenAsync();
        await using var connection = await database.Source.OpenConnectionAsync();

        var guarded = await connection.QueryAsync<string>(GuardedTables);
        Assert.Equal((await connection.QueryAsync<string>(AllTables)).Order(StringComparer.Ordinal), guarded.Concat(DeskTables).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_tenants_role_has_no_right_to_the_desks_own_tables()
    {
        await using var database = await MigratedDatabase.OpenAsync();
        await using var connection = await database.Source.OpenConnectionAsync();

        Assert.Equal([], await connection.QueryAsync<string>(
            """
            select t || ' ' || r from unnest(@tables) as t, unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) as r
            where has_table_privilege('support_tenant', t, r)
            """,
            new { tables = DeskTables }));
        Assert.False(await connection.QuerySingleAsync<bool>("select rolcanlogin or rolsuper or rolbypassrls or rolcreaterole or rolcreatedb from pg_roles where rolname = 'support_tenant'"));
    }

    [Fact]
    public async Task A_tenant_sees_and_changes_nothing_of_another_in_any_table()
    {
        await using var database = await MigratedDatabase.OpenAsync();
        var (mine, theirs) = (await AddTenantAsync(database, 1), await AddTenantAsync(database, 2));
        await using (var connection = await database.Source.OpenConnectionAsync())
            Assert.Equal((await connection.QueryAsync<string>(GuardedTables)).Except(["tenant", "bot"]).Order(StringComparer.Ordinal), Rows.Keys.Order(StringComparer.Ordinal));
        await FillAsync(database, mine);
        await FillAsync(database, theirs);

        foreach (var table in Rows.Keys.Append("bot"))
        {
            await using (var transaction = await database.BeginAsync(mine, CancellationToken.None))
            {
                Assert.Equal([mine.Value], await transaction.QueryAsync<Guid>($"select tenant_id from {table}", null, CancellationToken.None));
                Assert.Equal(0, await transaction.ExecuteAsync($"update {table} set tenant_id = tenant_id where tenant_id = @other", new { other = theirs.Value }, CancellationToken.None));
                if (table != "bot")
                    Assert.Equal(0, await transaction.ExecuteAsync($"delete from {table} where tenant_id = @other", new { other = theirs.Value }, CancellationToken.None));
                Assert.Equal(1, await transaction.ExecuteAsync($"update {table} set tenant_id = tenant_id", null, CancellationToken.None));
            }
            await using (var transaction = await database.BeginAsync(mine, CancellationToken.None))
            {
                var refused = await Assert.ThrowsAsync<PostgresException>(
                    () => transaction.ExecuteAsync($"update {table} set tenant_id = @other", new { other = theirs.Value }, CancellationToken.None));
                Assert.Contains("row-level security", refused.MessageText, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task The_desks_own_role_sees_no_tenants_rows_before_it_says_whose()
    {
        await using var database = await MigratedDatabase.OpenAsync();
        var tenant = await AddTenantAsync(database, 1);
        await FillAsync(database, tenant);

        await using var connection = await database.Source.OpenConnectionAsync();
        foreach (var table in Rows.Keys)
        {
            Assert.Equal(0, await connection.QuerySingleAsync<long>($"select count(*) from {table}"));
            Assert.Equal(0, await connection.ExecuteAsync($"delete from {table}"));
        }
        await using var transaction = await database.BeginAsync(tenant, CancellationToken.None);
        Assert.Equal(1, await transaction.FirstAsync<long>("select count(*) from message", null, CancellationToken.None));
    }

    [Fact]
    public async Task Whoever_sweeps_sees_what_is_due_and_changes_nothing_and_a_tenant_cannot_sweep()
    {
        await using var database = await MigratedDatabase.OpenAsync();
        var (mine, theirs) = (await AddTenantAsync(database, 1), await AddTenantAsync(database, 2));
        foreach (var tenant in new[] { mine, theirs })
        {
            await FillAsync(database, tenant);
            await using var transaction = await database.BeginAsync(tenant, CancellationToken.None);
            await transaction.ExecuteAsync("update document_version set state = 'queued', created_at = now() - interval '1 hour'; update outbox set due_at = now() - interval '1 hour'", null, CancellationToken.None);
            await transaction.ExecuteAsync("insert into conversation (tenant_id, bot_id, chat_id, person_id, due_at) values (@tenant, 1, 2, 2, now() - interval '1 hour')", new { tenant = tenant.Value }, CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
        }
        (string Table, string Change)[] swept = [("conversation", "due_at = null"), ("outbox", "state = 2"), ("document_version", "state = 'removed'")];

        await using (var connection = await database.Source.OpenConnectionAsync())
        {
            var overdue = await connection.QueryAsync<(string, Guid)>("select kind, tenant from overdue(interval '10 seconds')");
            Assert.Equal(new[] { "document", "question", "reply" }.SelectMany(kind => new[] { (kind, mine.Value), (kind, theirs.Value) }).Order(), overdue.Order());
            await using var sweeping = await connection.BeginTransactionAsync();
            await connection.ExecuteAsync("select overdue(interval '10 seconds')");
            Assert.Equal(0, await connection.QuerySingleAsync<long>("select count(*) from conversation"));
            await connection.ExecuteAsync("set local support.sweep = 'on'");
            foreach (var (table, change) in swept)
            {
                Assert.Equal(2, await connection.QuerySingleAsync<long>($"select count(*) from {table}"));
                Assert.Equal(0, await connection.ExecuteAsync($"update {table} set {change}"));
                Assert.Equal(0, await connection.ExecuteAsync($"delete from {table}"));
            }
            foreach (var table in Rows.Keys.Except(swept.Select(s => s.Table)))
                Assert.Equal(0, await connection.QuerySingleAsync<long>($"select count(*) from {table}"));
        }
        await using var tenants = await database.BeginAsync(mine, CancellationToken.None);
        await tenants.ExecuteAsync("set local support.sweep = 'on'", null, CancellationToken.None);
        foreach (var (table, _) in swept)
            Assert.Equal([mine.Value], (await tenants.QueryAsync<Guid>($"select tenant_id from {table}", null, CancellationToken.None)).Distinct());
        Assert.Equal([mine.Value], (await tenants.QueryAsync<Guid>("select tenant from overdue(interval '10 seconds')", null, CancellationToken.None)).Distinct());
    }

    [Fact]
    public async Task Only_a_tenants_own_rows_are_open_to_everybody()
    {
        await using var database = await MigratedDatabase.OpenAsync();
        await using var connection = await database.Source.OpenConnectionAsync();

        Assert.Equal(
            ["bot desk", "conversation waiting", "document_version waiting", "outbox waiting", "tenant desk"],
            await connection.QueryAsync<string>("select tablename || ' ' || policyname from pg_policies where policyname <> 'own_rows' and roles = array[current_user]::name[] and (cmd = 'SELECT' or policyname = 'desk') order by 1"));
        Assert.Equal([], await connection.QueryAsync<string>("select tablename || ' ' || policyname from pg_policies where policyname not in ('own_rows', 'desk', 'waiting')"));
    }

    [Fact]
    public async Task Nothing_of_a_tenant_stays_on_a_connection_that_the_next_one_is_given()
    {
        await using var database = await MigratedDatabase.OpenAsync();
        var (mine, theirs) = (await AddTenantAsync(database, 1), await AddTenantAsync(database, 2));
        await FillAsync(database, mine);
        await using (var transaction = await database.BeginAsync(mine, CancellationToken.None))
            await transaction.CommitAsync(CancellationToken.None);
        await using (await database.BeginAsync(mine, CancellationToken.None))
        {
            // Left without a commit.
        }

        await using (var connection = await database.Source.OpenConnectionAsync())
            Assert.Equal((false, 0L), await connection.QuerySingleAsync<(bool, long)>("select current_user = 'support_tenant', (select count(*) from message)"));
        await using var other = await database.BeginAsync(theirs, CancellationToken.None);
        Assert.Equal(0, await other.FirstAsync<long>("select count(*) from message", null, CancellationToken.None));
    }

    [Theory]
    [InlineData("superuser", "a superuser")]
    [InlineData("bypassrls", "allowed to bypass row-level security")]
    public async Task A_role_that_row_level_security_does_not_hold_is_refused_at_the_start(string right, string said)
    {
        var address = await TestDatabase.CreateAsync();
        var name = "free_" + right;
        await using (var connection = new NpgsqlConnection(await TestDatabase.AsAdministratorAsync(address)))
            await connection.ExecuteAsync($"create role {name} login {right} password 'free'");
        await using var database = MigratedDatabase.Open(new NpgsqlConnectionStringBuilder(address) { Username = name, Password = "free" }.ConnectionString);

        var refused = await Assert.ThrowsAsync<DatabaseRefusedException>(() => new Migrator(database).RunAsync(CancellationToken.None));

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        Assert.Contains("create role", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<TenantId> AddTenantAsync(DeskDatabase database, long bot)
    {
        var tenant = new TenantId(Guid.NewGuid());
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("insert into tenant (id, name) values (@id, @name)", new { id = tenant.Value, name = tenant.ToString() });
        await connection.ExecuteAsync("insert into bot (id, tenant_id, token) values (@bot, @tenant, '')", new { bot, tenant = tenant.Value });
        return tenant;
    }

    private static async Task FillAsync(DeskDatabase database, TenantId tenant)
    {
        await using var transaction = await database.BeginAsync(tenant, CancellationToken.None);
        foreach (var (table, row) in Rows)
            Assert.Equal(1, await transaction.ExecuteAsync($"insert into {table} {row}", new { tenant = tenant.Value }, CancellationToken.None));
        await transaction.CommitAsync(CancellationToken.None);
    }
}
