using System.ComponentModel.DataAnnotations;

namespace Support.Questions.Reading;

/// <summary>What customers' pictures and voice messages may cost to read. What is above a limit goes to a person.</summary>
public sealed class ReadingOptions
{
    public const string Section = "Reading";

    /// <summary>Bytes of a file. More costs time and traffic: each is fetched and sent on to the model. Telegram gives no bot more than 20 MB.</summary>
    [Range(1_024, 20_971_520, ErrorMessage = "Support__Reading__FileBytes must be from 1024 to 20971520 (20 MB, the most that Telegram gives).")]
    public long FileBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>The longest voice message that is transcribed, in seconds. Services charge by the minute, and a long story is seldom one question.</summary>
    [Range(1, 600, ErrorMessage = "Support__Reading__VoiceSeconds must be from 1 to 600.")]
    public int VoiceSeconds { get; set; } = 120;

    /// <summary>Files read for one question; more of them go to a person unread. 0 reads none.</summary>
    [Range(0, 10, ErrorMessage = "Support__Reading__Files must be from 0 (read none) to 10.")]
    public int Files { get; set; } = 3;

    /// <summary>How long reading all files of one question may take; then a person gets it. Longer makes customers wait.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:25", ErrorMessage = "Support__Reading__Patience must be from 00:00:01 to 00:00:25.")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(15);
}
