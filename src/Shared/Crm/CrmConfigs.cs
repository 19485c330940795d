using ProspectOps.Inbound;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Ids;
using ProspectOps.Tenancy;
using ProspectOps.Validation;

namespace ProspectOps.Crm;

/// <summary>Keeps how a tenant's CRM wants its results, and the key that both sides sign with.</summary>
public sealed class CrmConfigs(CrmConfigStore configs, InboundKeyStore keys, InboundAuthenticator inbound, IdSource ids)
{
    private const int MostNameCharacters = 100;

    public async Task<CrmConfigView> GetAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var keyId = await keys.InUseAsync(tenant, InboundPurpose.Crm, null, cancellationToken);
        return View(await configs.GetAsync(tenant, cancellationToken), keyId is null ? null : new CrmSigning(keyId, null, null));
    }

    /// <summary>Replaces the configuration. The first time, and when asked to, it makes a key, whose secret this answer alone shows.</summary>
    /// <exception cref="DomainException"><c>validation_failed</c>.</exception>
    public async Task<CrmConfigView> PutAsync(
        TenantId tenant, IReadOnlyDictionary<string, string>? fieldMapping, IReadOnlyList<string>? sendBack, IReadOnlyList<Verdict>? verdicts, bool rotateSecret, CancellationToken cancellationToken)
    {
        var config = new CrmConfig(fieldMapping ?? CrmConfig.Usual.FieldMapping, sendBack is null ? CrmFields.Usual : [.. sendBack.Distinct()], verdicts is null ? [] : [.. verdicts.Distinct()]);
        Check(config);
        await configs.PutAsync(tenant, config, cancellationToken);
        var keyId = await keys.InUseAsync(tenant, InboundPurpose.Crm, null, cancellationToken);
        if (keyId is not null && !rotateSecret)
            return View(config, new CrmSigning(keyId, null, null));
        keyId = await NewKeyAsync(tenant, cancellationToken);
        var secret = inbound.SecretOf(InboundPurpose.Crm, keyId);
        return View(config, new CrmSigning(keyId, secret, InboundAuthenticator.WebhookSecretOf(secret).Text));
    }

    /// <summary>The key in use, made where there is none: a callback is signed, whoever may verify it yet.</summary>
    public async Task<string> KeyInUseAsync(TenantId tenant, CancellationToken cancellationToken) =>
        await keys.InUseAsync(tenant, InboundPurpose.Crm, null, cancellationToken) ?? await NewKeyAsync(tenant, cancellationToken);

    private async Task<string> NewKeyAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var keyId = ids.NewSuffix();
        await keys.PutInUseAsync(tenant, InboundPurpose.Crm, null, keyId, cancellationToken);
        return keyId;
    }

    private static void Check(CrmConfig config)
    {
        var errors = new FieldErrors();
        var known = string.Join(", ", CrmFields.All);
        foreach (var (field, name) in config.FieldMapping)
        {
            errors.Require(CrmFields.IsKnown(field), $"fieldMapping.{field}", $"is no field of a result; known are {known}");
            errors.Require(!string.IsNullOrWhiteSpace(name) && name.Length <= MostNameCharacters, $"fieldMapping.{field}", $"must be a name of 1 to {MostNameCharacters} characters");
        }
        errors.Require(config.SendBack.Count > 0, "sendBack", "must name at least one field");
        foreach (var (index, field) in config.SendBack.Index())
            errors.Require(CrmFields.IsKnown(field), $"sendBack[{index}]", $"is no field of a result; known are {known}");
        var names = config.SendBack.Select(field => config.FieldMapping.GetValueOrDefault(field, field)).ToArray();
        errors.Require(names.Distinct().Count() == names.Length, "fieldMapping", "gives two fields one name");
        errors.ThrowIfAny();
    }

    private static CrmConfigView View(CrmConfig config, CrmSigning? signing) => new(config.FieldMapping, config.SendBack, config.Verdicts, signing);
}
