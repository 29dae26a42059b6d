namespace Support.Retrieval.Dense;

/// <summary>Dot products of a question with a block of rows as bytes. All ways give the same whole numbers; they differ in the processors that have them.</summary>
internal interface IByteProducts
{
    static abstract bool IsSupported { get; }

    /// <param name="block">The first byte of <see cref="VectorPage.BlockRows"/> rows.</param>
    /// <param name="products">Gets one for each row.</param>
    static abstract void OfBlock(ref byte block, ByteQuestion question, Span<int> products);
}
