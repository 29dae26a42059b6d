using System.Text;
using Xunit;

namespace Support.Tests.TryIt;

/// <summary>Reads a QR code of level M without damage: what a phone does, so that the page's codes are known to be readable.</summary>
internal sealed class QrReading
{
    // ISO/IEC 18004, tables 7 and 9: codewords of error correction in each block, and the blocks' codewords of data.
    private static readonly (int Check, int[] Data)[] Versions =
    [
        (10, [16]), (16, [28]), (26, [44]), (18, [32, 32]), (24, [43, 43]), (16, [27, 27, 27, 27]), (18, [31, 31, 31, 31]),
        (22, [38, 38, 39, 39]), (22, [36, 36, 36, 37, 37]), (26, [43, 43, 43, 43, 44]),
    ];

    private readonly string[] _rows;
    private readonly int _version;
    private readonly int _mask;

    private QrReading(string[] rows)
    {
        _rows = rows;
        _version = (rows.Length - 17) / 4;
        _mask = Mask();
    }

    public static string Read(string[] rows) => new QrReading(rows).Text();

    private int Side => _rows.Length;

    private int At(int x, int y) => _rows[y][x] - '0';

    private int Mask()
    {
        int[] besideFinder = [.. Enumerable.Range(0, 6).Select(x => At(x, 8)), At(7, 8), At(8, 8), At(8, 7), .. Enumerable.Range(0, 6).Select(i => At(8, 5 - i))];
        int[] elsewhere = [.. Enumerable.Range(0, 7).Select(i => At(8, Side - 1 - i)), .. Enumerable.Range(0, 8).Select(i => At(Side - 8 + i, 8))];
        Assert.Equal(besideFinder, elsewhere);
        var format = besideFinder.Aggregate(0, (value, bit) => value << 1 | bit) ^ 0b101010000010010;
        Assert.Equal(0, format >> 13);
        Assert.Equal(1, At(8, Side - 8));
        return format >> 10 & 7;
    }

    private string Text()
    {
        var bits = Corrected(Codewords()).SelectMany(codeword => Enumerable.Range(0, 8).Select(i => codeword >> 7 - i & 1)).ToArray();
        var at = 0;
        int Next(int count) => bits[at..(at += count)].Aggregate(0, (value, bit) => value << 1 | bit);
        Assert.Equal(0b0100, Next(4));
        var length = Next(_version < 10 ? 8 : 16);
        return Encoding.UTF8.GetString([.. Enumerable.Range(0, length).Select(_ => (byte)Next(8))]);
    }

    private List<int> Codewords()
    {
        var bits = new List<int>();
        var isUpwards = true;
        for (var right = Side - 1; right > 0; right -= 2, isUpwards = !isUpwards)
        {
            if (right == 6)
                right--;
            for (var i = 0; i < Side; i++)
            {
                var y = isUpwards ? Side - 1 - i : i;
                foreach (var x in (int[])[right, right - 1])
                {
                    if (!IsFixed(x, y))
                        bits.Add(At(x, y) ^ (IsFlipped(x, y) ? 1 : 0));
                }
            }
        }

        return [.. bits.Chunk(8).Where(eight => eight.Length == 8).Select(eight => eight.Aggregate(0, (value, bit) => value << 1 | bit))];
    }

    private bool IsFixed(int x, int y)
    {
        var isFinder = x < 9 && y < 9 || x < 9 && y >= Side - 8 || x >= Side - 8 && y < 9;
        var isVersion = _version >= 7 && (x >= Side - 11 && y < 6 || y >= Side - 11 && x < 6);
        return isFinder || isVersion || x == 6 || y == 6 || IsAlignment(x, y);
    }

    private bool IsAlignment(int x, int y)
    {
        if (_version == 1)
            return false;

        int[] centres = _version < 7 ? [6, Side - 7] : [6, (Side - 1) / 2, Side - 7];
        var cx = centres.FirstOrDefault(centre => Math.Abs(centre - x) <= 2, -1);
        var cy = centres.FirstOrDefault(centre => Math.Abs(centre - y) <= 2, -1);
        return cx > 0 && cy > 0 && !(cx == 6 && cy == 6) && !(cx == 6 && cy == centres[^1]) && !(cx == centres[^1] && cy == 6);
    }

    private bool IsFlipped(int x, int y) => _mask switch
    {
        0 => (x + y) % 2 == 0,
        1 => y % 2 == 0,
        2 => x % 3 == 0,
        3 => (x + y) % 3 == 0,
        4 => (y / 2 + x / 3) % 2 == 0,
        5 => x * y % 2 + x * y % 3 == 0,
        6 => (x * y % 2 + x * y % 3) % 2 == 0,
        _ => ((x + y) % 2 + x * y % 3) % 2 == 0,
    };

    /// <summary>The blocks' data in order, each block checked against its error correction.</summary>
    private IEnumerable<int> Corrected(List<int> codewords)
    {
        var (check, sizes) = Versions[_version - 1];
        Assert.Equal(sizes.Sum() + sizes.Length * check, codewords.Count);
        var blocks = sizes.Select(_ => new List<int>()).ToArray();
        var next = 0;
        for (var i = 0; i < sizes[^1]; i++)
        {
            for (var block = 0; block < sizes.Length; block++)
            {
                if (i < sizes[block])
                    blocks[block].Add(codewords[next++]);
            }
        }

        for (var i = 0; i < check; i++)
        {
            foreach (var block in blocks)
                block.Add(codewords[next++]);
        }

        Assert.All(blocks, block => Assert.All(Enumerable.Range(0, check), root => Assert.Equal(0, Value(block, root))));
        return blocks.SelectMany((block, i) => block.Take(sizes[i]));
    }

    /// <summary>The block as a polynomial over GF(256), at 2^root: 0 for each root of the generator when nothing is damaged.</summary>
    private static int Value(List<int> block, int root)
    {
        var point = Enumerable.Range(0, root).Aggregate(1, (power, _) => Times(power, 2));
        return block.Aggregate(0, (value, coefficient) => Times(value, point) ^ coefficient);
    }

    private static int Times(int a, int b)
    {
        var product = 0;
        for (; b > 0; b >>= 1)
        {
            if ((b & 1) == 1)
                product ^= a;
            a = a << 1 ^ (a >= 128 ? 0x11d : 0);
        }

        return product;
    }
}
