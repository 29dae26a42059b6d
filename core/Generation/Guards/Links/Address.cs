namespace Support.Generation.Guards;

/// <summary>An address in a text.</summary>
/// <param name="Text">As it stands there.</param>
/// <param name="Key">Equal for two spellings of one address: no scheme, no "www.", host in punycode and lower case, no slash at the end.</param>
/// <param name="Host">The key of the site alone, for pages.</param>
/// <param name="IsDangerous">Its scheme leads to no page.</param>
/// <param name="ShownAs">The key of the address that the link's text shows; null when the text shows none.</param>
internal sealed record Address(string Text, string Key, string? Host, bool IsDangerous, string? ShownAs);
