namespace Support.Generation.Guards;

/// <summary>Every address in an answer, of a page, a mailbox, a chat or a telephone, must stand in a passage it cites. A model invents them, and an attacker plants them.</summary>
public static class LinkGuard
{
    /// <param name="citedTexts">The texts of the cited passages, and the links to their documents.</param>
    /// <returns>What must not be sent, in the answer's order.</returns>
    public static IReadOnlyList<ForeignLink> Find(string answer, IReadOnlyList<string> citedTexts)
    {
        var inAnswer = Addresses.In(answer);
        if (inAnswer.Count == 0)
            return [];
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in citedTexts)
            foreach (var address in Addresses.In(text))
                if (!address.IsDangerous)
                    Know(known, address);
        var foreign = new List<ForeignLink>();
        foreach (var address in inAnswer)
            if (Refuse(address, known) is { } reason)
                foreign.Add(new ForeignLink(address.Text, reason));
        return foreign;
    }

    private static ForeignLinkReason? Refuse(Address address, HashSet<string> known) =>
        address.IsDangerous ? ForeignLinkReason.DangerousScheme
        : address.ShownAs is { } shown && shown != address.Key && !address.Key.StartsWith(shown + "/", StringComparison.Ordinal) ? ForeignLinkReason.ShowsAnother
        : !known.Contains(address.Key) ? ForeignLinkReason.NotCited
        : null;

    /// <summary>Whoever states a page states its host; whoever states a chat's link states its name.</summary>
    private static void Know(HashSet<string> known, Address address)
    {
        known.Add(address.Key);
        if (address.Host is { } host)
            known.Add(host);
    }
}

public enum ForeignLinkReason
{
    /// <summary>It stands in no cited passage.</summary>
    NotCited,

    /// <summary>A scheme that runs or carries something instead of leading to a page: javascript, data, file.</summary>
    DangerousScheme,

    /// <summary>The text of the link is another address than the one it leads to.</summary>
    ShowsAnother,
}

/// <param name="Text">As it stands in the answer.</param>
public sealed record ForeignLink(string Text, ForeignLinkReason Reason);
