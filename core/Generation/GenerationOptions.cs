using System.ComponentModel.DataAnnotations;

namespace Support.Generation;

/// <summary>How much of the work models do, where there are any.</summary>
public sealed class GenerationOptions
{
    public const string Section = "Generation";

    /// <summary>From this confidence of ranking on the passages are not judged by a model: they are clear without.</summary>
    [Range(0, 1, ErrorMessage = "Support__Generation__ClearFrom must be from 0 (never ask the reranking model) to 1 (always).")]
    public double ClearFrom { get; set; } = .9;

    /// <summary>Answers written by a model are kept for so long and given again for the same question, while their documents are unchanged. 0 keeps none.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "90.00:00:00", ErrorMessage = "Support__Generation__KeepAnswers must be from 00:00:00 (none) to 90.00:00:00.")]
    public TimeSpan KeepAnswers { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Questions of one chat within an hour for which models are asked; further ones are answered without, so that nobody spends a company's budget alone.</summary>
    [Range(0, 10_000, ErrorMessage = "Support__Generation__QuestionsAnHour must be from 0 (none) to 10000.")]
    public int QuestionsAnHour { get; set; } = 40;

    /// <summary>An answer is shown in private chats while it is written, sentence by sentence as they pass the check.</summary>
    public bool ShowWriting { get; set; } = true;

    /// <summary>All calls for one question together; then the desk goes on without a model.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:30", ErrorMessage = "Support__Generation__Patience must be from 00:00:01 to 00:00:30.")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(20);
}
