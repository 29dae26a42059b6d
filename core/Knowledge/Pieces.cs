namespace Support.Knowledge;

/// <summary>Makes texts of at most <see cref="ChunkOptions.Max"/> tokens of the blocks of one section.</summary>
internal static class Pieces
{
    // A rest smaller than this says little by itself; it goes with what precedes it if that leaves room.
    private const int Rest = 40;

    public static IReadOnlyList<string> Pack(IReadOnlyList<Block> blocks, ChunkOptions options)
    {
        var whole = BlockText.Render(blocks);
        if (TokenCount.Estimate(whole) <= options.Max)
            return whole.Length == 0 ? [] : [whole];

        var pieces = blocks.SelectMany(block => Split(block, options)).Where(piece => piece.Text.Length > 0).ToList();
        var packed = new List<Piece>();
        for (var at = 0; at < pieces.Count; at++)
        {
            var piece = pieces[at];
            // "To return an item:" goes with its steps.
            if (piece.Text.EndsWith(':') && at + 1 < pieces.Count && piece.Tokens + pieces[at + 1].Tokens <= options.Max)
                piece = piece.With(pieces[++at]);

            var last = packed.Count > 0 ? packed[^1] : default;
            var together = last.Tokens + piece.Tokens;
            if (packed.Count > 0 && (together <= options.Target || piece.Tokens < Rest && together <= options.Max))
                packed[^1] = last.With(piece);
            else
                packed.Add(piece);
        }
        return packed.ConvertAll(piece => piece.Text);
    }

    private readonly record struct Piece(string Text, int Tokens)
    {
        public Piece With(Piece next) => new(Text + BlockText.Separator(Text[^1]) + next.Text, Tokens + next.Tokens);
    }

    private static IEnumerable<Piece> Split(Block block, ChunkOptions options)
    {
        var text = BlockText.Render(block);
        var tokens = TokenCount.Estimate(text);
        if (tokens <= options.Max)
            return [new Piece(text, tokens)];
        var parts = block switch
        {
            Block.Steps steps => LongText.Lines([.. steps.Items.Select((item, index) => BlockText.Step(steps, item, index))], header: null, options),
            Block.Table table => LongText.Lines([.. BlockText.RowLines(table)], BlockText.HeaderLine(table), options),
            Block.Code => LongText.Lines(text.Split('\n'), header: null, options),
            _ => LongText.Sentences(text, options, options.Max),
        };
        return parts.Select(part => new Piece(part, TokenCount.Estimate(part)));
    }
}
