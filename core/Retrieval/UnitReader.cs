namespace Support.Retrieval;

/// <summary>
/// Reads candidates unit by unit: the title, then sentences and lines. An answer mostly stands in one of them, and a title that asks is best compared as a whole.
/// Kept from search to search for its arrays.
/// </summary>
internal sealed class UnitReader
{
    // What words that are not asked for weigh in a unit, as a share of the idf of a word never seen. An index outside knows no more of them than their number.
    private const double OtherWord = .7;
    private const double OtherGram = .5;
    private const double OtherFunctionWord = .15;

    /// <summary>How many of the units most like the question say which passages agree.</summary>
    private const int Nearest = 10;

    private readonly List<Unit> _units = [];
    private int[] _placeOfGram = [];
    private int[] _unitOfGram = [];
    private int[] _titleOfGram = [];
    private double[] _best = [];
    private double[] _bestOfTitle = [];
    private double[] _worth = [];
    private double[] _gramWorth = [];
    private QuestionPlan _plan = null!;
    private Lexicon _lexicon = null!;
    private double _rarest;
    private double _stemsWorth;
    private double _gramsWorth;
    private int _unit;
    private int _title;
    private bool _asksForNumber;

    /// <summary>Bytes that are as many as the lexicon has 4-grams.</summary>
    public long Size => sizeof(int) * (long)_placeOfGram.Length;

    /// <param name="worth">Of each question stem: weight · idf.</param>
    public void Begin(QuestionPlan plan, IndexSnapshot snapshot, double[] worth)
    {
        _plan = plan;
        _lexicon = snapshot.Lexicon;
        _rarest = Bm25F.Idf(snapshot.Statistics.Chunks, 0);
        _worth = worth;
        _stemsWorth = worth.Sum();
        _gramWorth = [.. plan.Grams.Select(gram => gram.Idf * Math.Min(1, gram.Weight))];
        _gramsWorth = _gramWorth.Sum();
        _best = new double[worth.Length];
        _bestOfTitle = new double[worth.Length];
        _unitOfGram = new int[_gramWorth.Length];
        _titleOfGram = new int[_gramWorth.Length];
        _unit = 0;
        _asksForNumber = QuestionForms.AsksForNumber(plan.Question.Tokens);
        _units.Clear();
        if (_placeOfGram.Length < _lexicon.Grams)
            _placeOfGram = new int[_lexicon.Grams * 5 / 4];
        for (var i = 0; i < plan.Grams.Count; i++)
            if (plan.Grams[i].Id != Lexicon.None)
                _placeOfGram[plan.Grams[i].Id] = i + 1;
    }

    /// <param name="hits">Of the candidate, in order of position.</param>
    public void Read(Candidate candidate, ReadOnlySpan<Hit> hits)
    {
        var entry = candidate.Entry;
        var hit = 0;
        var title = new Held(0, 0);
        Array.Clear(_bestOfTitle);
        _title = 0;
        for (var i = 0; i < entry.Units.Length; i++)
        {
            var end = i + 1 < entry.Units.Length ? entry.Units[i + 1] : entry.Words.Length;
            var isTitle = entry.Units[i] < entry.TitleWords;
            var unit = ReadUnit(entry, entry.Units[i], end, hits, ref hit, title);
            if (isTitle)
            {
                candidate.TitleLikeness = unit.Likeness;
                title = unit.Alone;
                KeepTitle();
            }
            else
            {
                candidate.SentenceCoverage = Math.Max(candidate.SentenceCoverage, CoverageOf(unit.WithTitle));
                if (_asksForNumber && unit.HasNumber)
                    candidate.NumberCoverage = Math.Max(candidate.NumberCoverage, CoverageOf(unit.Alone));
            }
            candidate.UnitCoverage = Math.Max(candidate.UnitCoverage, CoverageOf(unit.Alone));
            candidate.UnitLikeness = Math.Max(candidate.UnitLikeness, unit.Likeness);
            _units.Add(new Unit(candidate, unit.Likeness, isTitle));
        }
        candidate.Coverage = CoverageOf(hits);
    }

    /// <summary>
    /// When all are read: who holds the units most like the question. The arrays are left as they were found, and nothing of the index is held: a thread keeps this
    /// object.
    /// </summary>
    public void End()
    {
        _units.Sort(static (one, other) => other.Likeness.CompareTo(one.Likeness));
        Share(_units.Where(unit => !unit.IsTitle), static (candidate, share) => candidate.Agreement += share);
        Share(_units, static (candidate, share) => candidate.AgreementWithTitles += share);
        foreach (var gram in _plan.Grams)
            if (gram.Id != Lexicon.None)
                _placeOfGram[gram.Id] = 0;
        _units.Clear();
        (_plan, _lexicon) = (null!, null!);
    }

    /// <summary>The title's stems are in <see cref="_best"/>, its 4-grams bear its number.</summary>
    private void KeepTitle()
    {
        _title = _unit;
        _best.CopyTo(_bestOfTitle, 0);
        _unitOfGram.CopyTo(_titleOfGram, 0);
    }

    /// <param name="title">What the passage's title holds, where it is read already.</param>
    private ReadUnitOf ReadUnit(ChunkEntry entry, int start, int end, ReadOnlySpan<Hit> hits, ref int hit, Held title)
    {
        _unit++;
        Array.Clear(_best);
        double stems = 0, grams = 0, stemsOfUnit = 0, gramsOfUnit = 0;
        var (stemsWithTitle, gramsWithTitle) = title;
        var hasNumber = false;
        for (var position = start; position < end; position++)
        {
            var word = _lexicon[entry.Words[position]];
            var isExact = false;
            hasNumber |= word.BeginsWithDigit;
            if (hit < hits.Length && hits[hit].Position == position)
            {
                var (stem, weight) = (hits[hit].Stem, hits[hit].Weight);
                isExact = weight >= 1;
                if (weight > _best[stem])
                {
                    stems += _worth[stem] * (weight - _best[stem]);
                    stemsWithTitle += _worth[stem] * Math.Max(0, weight - Math.Max(_best[stem], _bestOfTitle[stem]));
                    _best[stem] = weight;
                }
                if (isExact)
                    stemsOfUnit += _worth[stem];
                hit++;
            }
            if (!isExact)
                stemsOfUnit += OtherWord * _rarest * (word.IsFunction ? OtherFunctionWord : 1);
            var others = Grams.Count(word.Length);
            foreach (var gram in _lexicon.GramsOf(word))
            {
                var place = _placeOfGram[gram] - 1;
                if (place < 0)
                    continue;
                others--;
                gramsOfUnit += _plan.Grams[place].Idf;
                if (_unitOfGram[place] == _unit)
                    continue;
                _unitOfGram[place] = _unit;
                grams += _gramWorth[place];
                if (_title == 0 || _titleOfGram[place] != _title)
                    gramsWithTitle += _gramWorth[place];
            }
            gramsOfUnit += others * OtherGram * _rarest;
        }
        return new ReadUnitOf(
            new Held(stems, grams), new Held(stemsWithTitle, gramsWithTitle), hasNumber,
            Part(stems, _stemsWorth + stemsOfUnit) + Part(grams, _gramsWorth + gramsOfUnit));
    }

    private double CoverageOf(Held held) => (Part(held.Stems, _stemsWorth) + Part(held.Grams, _gramsWorth)) / 2;

    /// <summary>The part of the question's stems that stands anywhere in the passage.</summary>
    private double CoverageOf(ReadOnlySpan<Hit> hits)
    {
        Array.Clear(_best);
        var found = 0.0;
        foreach (var hit in hits)
        {
            if (hit.Weight <= _best[hit.Stem])
                continue;
            found += _worth[hit.Stem] * (hit.Weight - _best[hit.Stem]);
            _best[hit.Stem] = hit.Weight;
        }
        return Part(found, _stemsWorth);
    }

    private static void Share(IEnumerable<Unit> byLikeness, Action<Candidate, double> add)
    {
        var nearest = byLikeness.Take(Nearest).ToList();
        var all = nearest.Sum(unit => unit.Likeness * unit.Likeness);
        if (all <= 0)
            return;
        foreach (var unit in nearest)
            add(unit.Candidate, unit.Likeness * unit.Likeness / all);
    }

    private static double Part(double part, double whole) => whole > 0 ? part / whole : 0;

    /// <summary>What stands in a unit of the question's stems and of its 4-grams.</summary>
    private readonly record struct Held(double Stems, double Grams);

    /// <param name="Likeness">What unit and question share by what both hold together (half of Dice), for stems and 4-grams, added: 0 to 1.</param>
    private readonly record struct ReadUnitOf(Held Alone, Held WithTitle, bool HasNumber, double Likeness);

    private readonly record struct Unit(Candidate Candidate, double Likeness, bool IsTitle);
}
