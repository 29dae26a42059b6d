using Support.Generation.Grounding;

namespace Support.Generation.Guards;

/// <summary>All that is checked of a model's answer before a customer sees it. Pure: the same answer has the same verdict.</summary>
public static class AnswerGuard
{
    public static AnswerVerdict Check(GuardedAnswer answer)
    {
        var restored = answer.Placeholders.Restore(answer.Text);
        var findings = restored.Invented.Select(name => new GuardFinding(GuardReason.InventedPlaceholder, name)).ToList();
        var sentences = AnswerSentences.Split(restored.Text, answer.Citations);
        findings.AddRange(Forged(restored.Text, sentences, answer));

        // What the answer cites is what it may repeat.
        var cited = sentences.SelectMany(sentence => sentence.Citations).ToHashSet();
        var passages = answer.Passages.Where(passage => cited.Contains(passage.Number)).ToList();
        IReadOnlyList<string> texts = [.. passages.Select(passage => passage.Title + "\n" + passage.Text)];

        if (answer.Prompt.Find(restored.Text, texts, answer.Secrets) is { } leaked)
            findings.Add(new GuardFinding(GuardReason.PromptLeak, leaked));
        if (AnswerLanguage.IsWrong(answer.Question, AnswerSentences.WithoutCitations(restored.Text)))
            findings.Add(new GuardFinding(GuardReason.WrongLanguage, restored.Text));
        findings.AddRange(LinkGuard.Find(restored.Text, [.. texts, .. passages.Select(passage => passage.Link).OfType<string>()]).Select(link => new GuardFinding(GuardReason.ForeignLink, link.Text)));
        findings.AddRange(FalsePromises.Find(sentences.Select(sentence => sentence.Text), texts).Select(promise => new GuardFinding(GuardReason.FalsePromise, promise.Words)));

        var checkedSentences = SentenceSupport.Check(sentences, passages, answer.Thesaurus);
        findings.AddRange(checkedSentences.Where(sentence => sentence.Verdict == SupportVerdict.Unsupported).Select(sentence => new GuardFinding(GuardReason.Unsupported, sentence.Sentence.Text)));
        return new AnswerVerdict(restored.Text, findings, checkedSentences);
    }

    private static IEnumerable<GuardFinding> Forged(string text, IReadOnlyList<AnswerSentence> sentences, GuardedAnswer answer)
    {
        var given = answer.Passages.Select(passage => passage.Number).ToHashSet();
        foreach (var number in AnswerSentences.CitedIn(text).Concat(answer.Citations).Distinct())
            if (!given.Contains(number))
                yield return new GuardFinding(GuardReason.ForgedCitation, $"[{number}]");
        if (sentences.Count > 0 && sentences.All(sentence => sentence.Citations.Count == 0))
            yield return new GuardFinding(GuardReason.ForgedCitation, "");
    }
}
