using System.Buffers;
using System.Text;
using Support.Telegram;
using Xunit;

namespace Support.Tests.Telegram;

public sealed class PeekUpdateIdTests
{
    [Theory]
    [InlineData("""{"update_id":10}""", 10)]
    [InlineData(""" { "message" : {"update_id":5,"x":[{"update_id":6}]}, "update_id" : 9007199254740993 } """, 9007199254740993)]
    [InlineData("""{"update_id":1,"update_id":2}""", 2)]
    [InlineData("""{"update_id":3,"a":"\u041f\u0440 тест 😀"}""", 3)]
    public void The_id_of_an_update_is_found(string body, long id)
    {
        Assert.True(UpdateReader.PeekUpdateId(Encoding.UTF8.GetBytes(body), out var found));
        Assert.Equal(id, found);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""[{"update_id":1}]""")]
    [InlineData("{}")]
    [InlineData("""{"update_id":"1"}""")]
    [InlineData("""{"update_id":1.5}""")]
    [InlineData("""{"update_id":99999999999999999999}""")]
    [InlineData("""{"message":{"update_id":1}}""")]
    [InlineData("""{"update_id":1""")]
    [InlineData("""{"update_id":1}{"update_id":2}""")]
    [InlineData("""{"update_id":1} x""")]
    [InlineData("""{"update_id":1,"a":tru}""")]
    [InlineData("""{"update_id":1,"update_id":null}""")]
    public void Anything_else_is_no_update(string body) =>
        Assert.False(UpdateReader.PeekUpdateId(Encoding.UTF8.GetBytes(body), out _));

    [Fact]
    public void A_text_that_is_no_utf8_is_no_update() =>
        Assert.False(UpdateReader.PeekUpdateId([.. """{"update_id":1,"a":" """u8, 0xff, .. "\"}"u8], out _));

    [Fact]
    public void A_body_in_pieces_is_read_as_one()
    {
        var body = Encoding.UTF8.GetBytes("""{"message":{"text":"тест"},"update_id":77}""");
        for (var cut = 1; cut < body.Length; cut++)
        {
            Assert.True(UpdateReader.PeekUpdateId(Piece.Join(body.AsMemory(0, cut), body.AsMemory(cut)), out var id));
            Assert.Equal(77, id);
        }
    }

    [Fact]
    public void Looking_allocates_nothing()
    {
        var body = Encoding.UTF8.GetBytes($$$"""{"update_id":77,"message":{"text":"{{{new string('x', 3000)}}}"}}""");
        var pieces = Piece.Join(body.AsMemory(0, 100), body.AsMemory(100));
        UpdateReader.PeekUpdateId(body, out _);
        UpdateReader.PeekUpdateId(pieces, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            UpdateReader.PeekUpdateId(body, out _);
            UpdateReader.PeekUpdateId(pieces, out _);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        private Piece(ReadOnlyMemory<byte> memory, long at) => (Memory, RunningIndex) = (memory, at);

        public static ReadOnlySequence<byte> Join(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second)
        {
            var end = new Piece(second, first.Length);
            return new ReadOnlySequence<byte>(new Piece(first, 0) { Next = end }, 0, end, second.Length);
        }
    }
}
