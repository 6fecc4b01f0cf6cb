using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Luware.Onboarding.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ClosedTenants : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Summaries_IdleSince_NameKey_Id",
                table: "Summaries");

            migrationBuilder.DropIndex(
                name: "IX_Summaries_IsStuck_NameKey_Id",
                table: "Summaries");

            migrationBuilder.DropIndex(
                name: "IX_Summaries_LastActivityAt_NameKey_Id",
                table: "Summaries");

            migrationBuilder.DropIndex(
                name: "IX_Summaries_NameKey_Id",
                table: "Summaries");

            migrationBuilder.DropIndex(
                name: "IX_Summaries_OwnerName_NameKey_Id",
                table: "Summaries");

            migrationBuilder.DropIndex(
                name: "IX_Summaries_Ready_NameKey_Id",
                table: "Summaries");

            migrationBuilder.DropIndex(
                name: "IX_Summaries_Region_NameKey_Id",
                table: "Summaries");

            migrationBuilder.DropIndex(
                name: "IX_Summaries_Since_NameKey_Id",
                table: "Summaries");

            migrationBuilder.DropIndex(
                name: "IX_Summaries_Status_NameKey_Id",
                table: "Summaries");

            migrationBuilder.DropIndex(
                name: "IX_Summaries_Verified_NameKey_Id",
                table: "Summaries");

            migrationBuilder.DropIndex(
                name: "IX_Summaries_Waits_NameKey_Id",
                table: "Summaries");

            migrationBuilder.AddColumn<long>(
                name: "ClosedAt",
                table: "Tenants",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "HasFailedCall",
                table: "Summaries",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsClosed",
                table: "Summaries",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_IsClosed_IdleSince_NameKey_Id",
                table: "Summaries",
                columns: new[] { "IsClosed", "IdleSince", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_IsClosed_IsStuck_NameKey_Id",
                table: "Summaries",
                columns: new[] { "IsClosed", "IsStuck", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_IsClosed_LastActivityAt_NameKey_Id",
                table: "Summaries",
                columns: new[] { "IsClosed", "LastActivityAt", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_IsClosed_NameKey_Id",
                table: "Summaries",
                columns: new[] { "IsClosed", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_IsClosed_OwnerName_NameKey_Id",
                table: "Summaries",
                columns: new[] { "IsClosed", "OwnerName", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_IsClosed_Ready_NameKey_Id",
                table: "Summaries",
                columns: new[] { "IsClosed", "Ready", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_IsClosed_Region_NameKey_Id",
                table: "Summaries",
                columns: new[] { "IsClosed", "Region", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_IsClosed_Since_NameKey_Id",
                table: "Summaries",
                columns: new[] { "IsClosed", "Since", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_IsClosed_Status_NameKey_Id",
                table: "Summaries",
                columns: new[] { "IsClosed", "Status", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_IsClosed_Verified_NameKey_Id",
                table: "Summaries",
                columns: new[] { "IsClosed", "Verified", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_IsClosed_Waits_NameKey_Id",
                table: "Summaries",
                columns: new[] { "IsClosed", "Waits", "NameKey", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Summaries_IsClosed_IdleSince_NameKey_Id",
                table: "Summaries");

            migrationBuilder.DropIndex(
                name: "IX_Summaries_IsClosed_IsStuck_NameKey_Id",
                table: "Summaries");

            migrationBuilder.DropIndex(
                name: "IX_Summaries_IsClosed_LastActivityAt_NameKey_Id",
                table: "Summaries");

            migrationBuilder.DropIndex(
                name: "IX_Summaries_IsClosed_NameKey_Id",
                table: "Summaries");

            migrationBuilder.DropIndex(
                name: "IX_Summaries_IsClosed_OwnerName_NameKey_Id",
                table: "Summaries");

            migrationBuilder.DropIndex(
                name: "IX_Summaries_IsClosed_Ready_NameKey_Id",
                table: "Summaries");

            migrationBuilder.DropIndex(
                name: "IX_Summaries_IsClosed_Region_NameKey_Id",
                table: "Summaries");

            migrationBuilder.DropIndex(
                name: "IX_Summaries_IsClosed_Since_NameKey_Id",
                table: "Summaries");

            migrationBuilder.DropIndex(
                name: "IX_Summaries_IsClosed_Status_NameKey_Id",
                table: "Summaries");

            migrationBuilder.DropIndex(
                name: "IX_Summaries_IsClosed_Verified_NameKey_Id",
                table: "Summaries");

            migrationBuilder.DropIndex(
                name: "IX_Summaries_IsClosed_Waits_NameKey_Id",
                table: "Summaries");

            migrationBuilder.DropColumn(
                name: "ClosedAt",
                table: "Tenants");

            migrationBuilder.DropColumn(
                name: "HasFailedCall",
                table: "Summaries");

            migrationBuilder.DropColumn(
                name: "IsClosed",
                table: "Summaries");

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_IdleSince_NameKey_Id",
                table: "Summaries",
                columns: new[] { "IdleSince", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_IsStuck_NameKey_Id",
                table: "Summaries",
                columns: new[] { "IsStuck", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_LastActivityAt_NameKey_Id",
                table: "Summaries",
                columns: new[] { "LastActivityAt", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_NameKey_Id",
                table: "Summaries",
                columns: new[] { "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_OwnerName_NameKey_Id",
                table: "Summaries",
                columns: new[] { "OwnerName", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_Ready_NameKey_Id",
                table: "Summaries",
                columns: new[] { "Ready", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_Region_NameKey_Id",
                table: "Summaries",
                columns: new[] { "Region", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_Since_NameKey_Id",
                table: "Summaries",
                columns: new[] { "Since", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_Status_NameKey_Id",
                table: "Summaries",
                columns: new[] { "Status", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_Verified_NameKey_Id",
                table: "Summaries",
                columns: new[] { "Verified", "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_Waits_NameKey_Id",
                table: "Summaries",
                columns: new[] { "Waits", "NameKey", "Id" });
        }
    }
}
