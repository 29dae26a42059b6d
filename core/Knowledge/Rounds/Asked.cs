using Support.Models;

namespace Support.Knowledge.Rounds;

/// <summary>What came of asking a model about some texts.</summary>
/// <param name="Done">To be kept, also where the rest failed.</param>
internal abstract record Asked<TDone>(IReadOnlyList<TDone> Done)
{
    /// <summary>Each text has something to be kept, be it that the model makes nothing of it.</summary>
    public sealed record All(IReadOnlyList<TDone> Done) : Asked<TDone>(Done)
    {
        /// <summary>Some of it is a try that failed, to be made again with a later round.</summary>
        public bool IsToBeTriedAgain { get; init; }
    }

    /// <summary>Fewer at once may do.</summary>
    public sealed record TooMuch(IReadOnlyList<TDone> Done, ModelException Why) : Asked<TDone>(Done);

    /// <summary>Whatever is asked now, this company gets nothing.</summary>
    public sealed record Failed(IReadOnlyList<TDone> Done, ModelException Why) : Asked<TDone>(Done);
}
