namespace Support.Generation.Guards;

/// <summary>What can tell who a customer is, or take his money. The name in lower case is the name in a placeholder: [phone-1].</summary>
public enum PersonalDataKind
{
    Email,
    Phone,

    /// <summary>A payment card: 13 to 19 digits with Luhn's check digit.</summary>
    Card,

    /// <summary>A Russian passport, inland or for travel.</summary>
    Passport,

    /// <summary>A Russian taxpayer's number, of 10 digits for companies and 12 for people.</summary>
    Inn,

    /// <summary>A Russian insurance number, of 11 digits.</summary>
    Snils,
    Iban,

    /// <summary>No personal data: a text that already looked like a placeholder and must not be taken for one of ours.</summary>
    Text,
}

/// <param name="Start">In the text as it is seen.</param>
/// <param name="Value">The same for two spellings of one value.</param>
internal readonly record struct FoundData(PersonalDataKind Kind, int Start, int Length, string Value);
