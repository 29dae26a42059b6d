using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Support.Confidence;
using Support.Conversations;
using Support.Conversations.Commands;
using Support.Database;
using Support.Generation;
using Support.Generation.Asking;
using Support.Generation.Caching;
using Support.Generation.Grounding;
using Support.Generation.Reranking;
using Support.Generation.Rewriting;
using Support.Generation.Writing;
using Support.Jobs;
using Support.Knowledge;
using Support.Knowledge.Rounds;
using Support.Knowledge.Written;
using Support.Labels;
using Support.Models;
using Support.Questions;
using Support.Questions.Reading;
using Support.Replay;
using Support.Reports;
using Support.Retrieval;
using Support.Retrieval.Dense;
using Support.Tenants;
using Support.Tickets;

namespace Support;

/// <summary>The desk itself, for every host.</summary>
public static class CoreServices
{
    public static IServiceCollection AddDesk(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = configuration.GetSection("Support");
        services.AddOptions<DatabaseOptions>().Bind(settings.GetSection(DatabaseOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ConversationOptions>().Bind(settings.GetSection(ConversationOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ConfidenceOptions>().Bind(settings.GetSection("Confidence")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<InProcessIndexOptions>().Bind(settings.GetSection(InProcessIndexOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<InProcessIndexOptions>>().Value);
        services.AddOptions<RetrievalOptions>().Bind(settings.GetSection(RetrievalOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<DeskOptions>().Bind(configuration.GetSection(DeskOptions.Section));
        services.AddSingleton<IReadOnlyList<TenantOptions>>(_ => configuration.GetSection(TenantOptions.Section).Get<List<TenantOptions>>() ?? []);
        services.AddOptions<SourceList>().Configure(list => SourceList.Read(settings, list)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SourceList>, SourceListCheck>();
        services.AddOptions<GenerationOptions>().Bind(settings.GetSection(GenerationOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ReadingOptions>().Bind(settings.GetSection(ReadingOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<TicketOptions>().Bind(settings.GetSection(TicketOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddDatabase()
            .AddTenants(settings["Security:MasterKey"] ?? "", settings["Security:PreviousMasterKey"], settings["Http:UploadKey"])
            .AddJobs()
            .AddConversations()
            .AddTickets()
            .AddSingleton<ReportWeekly>()
            .AddLabels()
            .AddKnowledge()
            .AddGeneration()
            .AddReplay(settings);
    }

    private static IServiceCollection AddDatabase(this IServiceCollection services) => services
        .AddSingleton<DeskDatabase>()
        .AddSingleton<Migrator>();

    private static IServiceCollection AddTenants(this IServiceCollection services, string masterKey, string? previousMasterKey, string? uploadKey) => services
        .AddSingleton(_ => new SecretBox(masterKey))
        .AddSingleton(_ => new WebhookKeys(SecretBox.Derive(masterKey, "webhook"), string.IsNullOrEmpty(previousMasterKey) ? null : SecretBox.Derive(previousMasterKey, "webhook")))
        .AddSingleton(_ => new UploadKeys(SecretBox.Derive(masterKey, "upload"), string.IsNullOrWhiteSpace(uploadKey) ? null : uploadKey.Trim()))
        .AddSingleton<DefaultTenant>()
        .AddSingleton<BotDirectory>()
        .AddSingleton<IBotTokens>(provider => provider.GetRequiredService<BotDirectory>())
        .AddSingleton<TenantSetup>();

    private static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddSingleton<WorkerInstance>()
        .AddSingleton<QueueSignals>()
        .AddSingleton<AcknowledgeFirst>()
        .AddSingleton<PostgresWorkQueue>()
        .AddSingleton<IWorkQueue, LocalWorkQueue>()
        .AddSingleton<KeptBodies>()
        .AddSingleton<DeadLetters>()
        .AddSingleton<JobRunner>()
        .AddSingleton<Sweep>();

    private static IServiceCollection AddConversations(this IServiceCollection services) => services
        .AddSingleton<ReceiveUpdate>()
        .AddSingleton<BestEffort>()
        .AddSingleton<UpdateCounters>()
        .AddSingleton<CustomerMessages>()
        .AddSingleton<MessageEdits>()
        .AddSingleton<Membership>()
        .AddSingleton<CommandTable>()
        .AddSingleton<StartCommand>()
        .AddSingleton<HelpCommand>()
        .AddSingleton<HumanCommand>()
        .AddSingleton<StatusCommand>()
        .AddSingleton<LanguageCommand>()
        .AddSingleton<ForgetCommand>()
        .AddSingleton<AdminsCommand>()
        .AddSingleton<AppointCommand>()
        .AddSingleton<CheckCommand>()
        .AddSingleton<SendLimits>()
        .AddSingleton<ClaimedReplies>()
        .AddSingleton<OutboxLane>()
        .AddSingleton<DeliverReply>()
        .AddSingleton<AnswerQuestion>()
        .AddSingleton<DueConversations>()
        .AddSingleton<DecideAnswer>()
        .AddSingleton<FindPassages>()
        .AddSingleton<KeepTyping>()
        .AddSingleton<ShowWriting>()
        .AddSingleton<RecordAnswer>()
        .AddSingleton<ReadMedia>()
        .AddSingleton<HearVoice>()
        .AddSingleton<ReadPicture>()
        .AddSingleton<IPictureText, NoPictureText>()
        .AddSingleton<AnswerButtons>()
        .AddSingleton<ChoiceButtons>()
        .AddSingleton<TakeChoice>()
        .AddSingleton<IBuriedWakeUp, BuriedReply>()
        .AddSingleton<IBuriedWakeUp, BuriedQuestion>()
        .AddSingleton<CallPerson>();

    /// <summary>Without models: the adapters replace them where the settings name some.</summary>
    private static IServiceCollection AddGeneration(this IServiceCollection services) => services
        .AddSingleton<IModels, NoModels>()
        .AddSingleton<WriteQuestions>()
        .AddSingleton<RewriteQuestion>()
        .AddSingleton<RerankPassages>()
        .AddSingleton<CheckUnclear>()
        .AddSingleton<WriteAnswer>()
        .AddSingleton<AnswerCache>();

    private static IServiceCollection AddLabels(this IServiceCollection services) => services
        .AddSingleton<LabelRound>()
        .AddSingleton<LabelCommand>()
        .AddSingleton<LabelButtons>()
        .AddSingleton<TargetCommand>()
        .AddSingleton<TargetButtons>()
        .AddSingleton<KeepPromises>();

    private static IServiceCollection AddKnowledge(this IServiceCollection services) => services
        .AddSingleton<IKnowledgeIndex, InProcessKnowledgeIndex>()
        .AddSingleton<IChunkSource, PostgresChunkSource>()
        .AddSingleton<IVectorSource, PostgresVectorSource>()
        .AddSingleton<QuestionVectors>()
        .AddSingleton<DenseRetrieval>()
        .AddSingleton<ChunkRound>()
        .AddSingleton<EmbedChunks>()
        .AddSingleton<EstimateQuestions>()
        .AddSingleton<WriteChunkQuestions>()
        .AddSingleton<IKnowledgeFollower, NoFollower>()
        .AddSingleton<EditorFiles>()
        .AddSingleton<FetchEditorFile>()
        .AddSingleton<DocsCommand>()
        .AddSingleton<SynonymsCommand>()
        .AddSingleton<DocumentButtons>()
        .AddSingleton<AnswerableNow>()
        .AddSingleton<TellWhatItAnswers>()
        .AddSingleton<TellOfDocuments>()
        .AddSingleton<ShowAnswer>()
        .AddSingleton<Beforehand>()
        .AddSingleton<IBuriedWakeUp, BuriedDocument>();
}
