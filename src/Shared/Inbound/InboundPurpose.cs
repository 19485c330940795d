namespace ProspectOps.Inbound;

/// <summary>What the holder of an inbound key may send.</summary>
public enum InboundPurpose
{
    /// <summary>Rows of a Clay table into one campaign.</summary>
    Clay,

    /// <summary>Uploads of a CRM.</summary>
    Crm,
}
