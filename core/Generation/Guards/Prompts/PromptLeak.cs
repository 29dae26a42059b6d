namespace Support.Generation.Guards;

/// <summary>
/// Tells whether an answer gives the system prompt away: in its words, or in them spaced, reversed, in look-alikes, with invisible characters, as base64 or ROT13.
/// A translation or a summary is not recognised. Made once for a prompt; safe for many threads.
/// </summary>
public sealed class PromptLeak
{
    /// <summary>Letters and digits of a piece that is compared.</summary>
    private const int Piece = 20;

    // Six or seven words in a row: a polite phrase is shorter, a rule of a prompt is longer.
    private const int LongestRun = 36;

    // Or several shorter pieces together.
    private const int MostTogether = 72;

    private readonly HashSet<string> _pieces;

    public PromptLeak(string systemPrompt) => _pieces = PiecesOf(Skeleton.Of(systemPrompt)).ToHashSet(StringComparer.Ordinal);

    /// <param name="citedTexts">What stands in them as well is no secret.</param>
    /// <param name="secrets">Strings that must never be seen: the call's nonce, canaries.</param>
    /// <returns>What was found, or null.</returns>
    public string? Find(string answer, IReadOnlyList<string> citedTexts, IReadOnlyList<string> secrets)
    {
        if (TurnMarkers.Find(answer, citedTexts) is { } marker)
            return marker;
        var known = new Lazy<HashSet<string>>(() => citedTexts.SelectMany(text => PiecesOf(Skeleton.Of(text))).ToHashSet(StringComparer.Ordinal));
        foreach (var view in Views(answer))
        {
            var skeleton = Skeleton.Of(view);
            foreach (var secret in secrets)
                if (Skeleton.Of(secret) is { Length: >= 4 } hidden && skeleton.Contains(hidden, StringComparison.Ordinal))
                    return secret;
            if (Repeated(skeleton, known) is { } repeated)
                return repeated;
        }
        return null;
    }

    private string? Repeated(string skeleton, Lazy<HashSet<string>> known)
    {
        var run = 0;
        var together = 0;
        for (var at = 0; at + Piece <= skeleton.Length; at++)
        {
            var piece = skeleton.Substring(at, Piece);
            if (!_pieces.Contains(piece) || known.Value.Contains(piece))
            {
                run = 0;
                continue;
            }
            run = run == 0 ? Piece : run + 1;
            together += run == Piece ? Piece : 1;
            if (run >= LongestRun || together >= MostTogether)
                return skeleton.Substring(at + Piece - run, run);
        }
        return null;
    }

    private static IEnumerable<string> Views(string answer)
    {
        yield return answer;
        var letters = answer.ToCharArray();
        Array.Reverse(letters);
        yield return new string(letters);
        yield return Encodings.Rot13(answer);
        foreach (var decoded in Encodings.Decode(answer))
            yield return decoded;
    }

    private static IEnumerable<string> PiecesOf(string skeleton)
    {
        for (var at = 0; at + Piece <= skeleton.Length; at++)
            yield return skeleton.Substring(at, Piece);
    }
}
