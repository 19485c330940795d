namespace Azure.Data.Tables;

/// <summary>An account's name and key.</summary>
public class TableSharedKeyCredential
{
    private volatile byte[] _key;

    /// <param name="accountName">Name of the storage account.</param>
    /// <param name="accountKey">One of its keys, in Base64.</param>
    /// <exception cref="FormatException"><paramref name="accountKey"/> is not Base64.</exception>
    public TableSharedKeyCredential(string accountName, string accountKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(accountName);
        ArgumentException.ThrowIfNullOrEmpty(accountKey);
        AccountName = accountName;
        _key = Convert.FromBase64String(accountKey);
    }

    /// <summary>Name of the storage account.</summary>
    public string AccountName { get; }

    internal ReadOnlySpan<byte> Key => _key;

    /// <summary>Replaces the key of all clients that use this credential, from their next request on.</summary>
    public void SetAccountKey(string accountKey) => _key = Convert.FromBase64String(accountKey);
}
