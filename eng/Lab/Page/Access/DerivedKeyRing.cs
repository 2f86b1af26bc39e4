using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Shop.Lab.Page.Access;

/// <summary>
/// A key ring that is derived from the lab key and stored nowhere: a cookie is valid as long as the lab key is the same, also after a
/// restart, and worthless under another one.
/// </summary>
internal sealed class DerivedKeyRing(string labKey) : IXmlRepository
{
    private const int IdLength = 16;
    private const int MasterKeyLength = 64;
    private static readonly byte[] Purpose = "Shop.Lab.Page cookie"u8.ToArray();

    // The format: https://learn.microsoft.com/aspnet/core/security/data-protection/implementation/key-storage-format
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var derived = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(labKey), IdLength + MasterKeyLength, info: Purpose);
        var masterKey = Convert.ToBase64String(derived, IdLength, MasterKeyLength);
        return
        [
            new XElement("key",
                new XAttribute("id", new Guid(derived.AsSpan(0, IdLength))),
                new XAttribute("version", 1),
                new XElement("creationDate", DateTimeOffset.UnixEpoch),
                new XElement("activationDate", DateTimeOffset.UnixEpoch),
                new XElement("expirationDate", new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero)),
                new XElement("descriptor",
                    new XAttribute("deserializerType", typeof(AuthenticatedEncryptorDescriptorDeserializer).AssemblyQualifiedName!),
                    new XElement("descriptor",
                        new XElement("encryption", new XAttribute("algorithm", "AES_256_CBC")),
                        new XElement("validation", new XAttribute("algorithm", "HMACSHA256")),
                        new XElement("masterKey", new XElement("value", masterKey))))),
        ];
    }

    public void StoreElement(XElement element, string friendlyName) => throw new NotSupportedException("No key is generated.");
}
